/** An invented message, ASCII only; `index.js` gives it the line ends of a mail. */
export const name = "board-minutes.eml";

export const source = String.raw`Received: from relay.example.org (relay.example.org [198.51.100.14]) by
 mx.trust.example with ESMTPS; Wed, 05 Nov 2025 16:03:21 +0000
From: Philippa Ashdown-Grey <philippa@example.org>
To: Rowan Featherstone <rowan.featherstone@trust.example>,
 Tamsin Oakhurst <tamsin@trust.example>
Subject: Re: Minutes of the board, and a change of address
Date: Wed, 05 Nov 2025 16:03:18 +0000
Message-ID: <a41f.philippa@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_caviard_sample_en_mixed"

--=_caviard_sample_en_mixed
Content-Type: multipart/alternative;
 boundary="=_caviard_sample_en_alternative"

--=_caviard_sample_en_alternative
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: 7bit

Dear Rowan, dear Tamsin,

Thank you for the minutes. One correction: it was Mr Alder Quillfeather who
asked about the roof, not me.

I have moved. Please send the signed copy to

14 Larkspur Lane
Bristol BS99 7ZZ

and call me on 01632 960 417 (or my mobile, +44 7700 900 862) if it is
urgent. The refund can go to GB33 BUKB 2020 1555 5555 55, as last time.

With kind regards,
Philippa

On 4 Nov 2025, at 11:20, Rowan Featherstone wrote:
> Dear all,
>
> the minutes of Monday are attached. Tamsin, could you check the figures?
> My new extension is 01632 960 233.
>
> Rowan

--=_caviard_sample_en_alternative
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: 7bit
MIME-Version: 1.0

<html><body>
<p>Dear Rowan, dear Tamsin,</p>
<p>Thank you for the minutes. One correction: it was Mr <i>Alder Quillfeather</i> who asked about the roof, not me.</p>
<p>I have moved. Please send the signed copy to</p>
<p>14 Larkspur Lane<br>
Bristol BS99 7ZZ</p>
<p>and call me on <a href="tel:+441632960417">01632 960 417</a> (or my mobile, +44 7700 900 862) if it is urgent. The refund can go to GB33 BUKB 2020 1555 5555 55, as last time.</p>
<p>With kind regards,<br>
Philippa</p>
<blockquote><p>Dear all,</p>
<p>the minutes of Monday are attached. Tamsin, could you check the figures? My new extension is 01632 960 233.</p>
<p>Rowan</p></blockquote>
</body></html>

--=_caviard_sample_en_alternative--

--=_caviard_sample_en_mixed
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="minutes-november.pdf"
MIME-Version: 1.0

JVBERi0xLjQKMSAwIG9iago8PCAvVHlwZSAvQ2F0YWxvZyAvUGFnZXMgMiAwIFIgPj4KZW5kb2Jq
CjIgMCBvYmoKPDwgL1R5cGUgL1BhZ2VzIC9LaWRzIFszIDAgUl0gL0NvdW50IDEgPj4KZW5kb2Jq
CjMgMCBvYmoKPDwgL1R5cGUgL1BhZ2UgL1BhcmVudCAyIDAgUiAvTWVkaWFCb3ggWzAgMCAzMDAg
MTAwXSAvQ29udGVudHMgNCAwIFIgL1Jlc291cmNlcyA8PCAvRm9udCA8PCAvRjEgNSAwIFIgPj4g
Pj4gPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0xlbmd0aCA1MCA+PgpzdHJlYW0KQlQgL0YxIDEyIFRm
IDIwIDUwIFRkIChNaW51dGVzIG9mIHRoZSBib2FyZCkgVGogRVQKZW5kc3RyZWFtCmVuZG9iago1
IDAgb2JqCjw8IC9UeXBlIC9Gb250IC9TdWJ0eXBlIC9UeXBlMSAvQmFzZUZvbnQgL0hlbHZldGlj
YSA+PgplbmRvYmoKeHJlZgowIDYKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDA5IDAwMDAw
IG4gCjAwMDAwMDAwNTggMDAwMDAgbiAKMDAwMDAwMDExNSAwMDAwMCBuIAowMDAwMDAwMjQxIDAw
MDAwIG4gCjAwMDAwMDAzNDEgMDAwMDAgbiAKdHJhaWxlcgo8PCAvU2l6ZSA2IC9Sb290IDEgMCBS
ID4+CnN0YXJ0eHJlZgo0MTEKJSVFT0YK

--=_caviard_sample_en_mixed--
`;
