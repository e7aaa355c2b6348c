/** An invented message, ASCII only; `index.js` gives it the line ends of a mail. */
export const name = "angebot-dachsanierung.eml";

export const source = String.raw`Received: from post.handwerk.example (post.handwerk.example [203.0.113.77]) by
 mx.verein.example with ESMTPS; Mon, 22 Sep 2025 08:31:07 +0200
From: =?utf-8?q?J=C3=B6rg_Wiesenh=C3=B6fer?= <j.wiesenhoefer@handwerk.example>
To: Annegret Silberbach <silberbach@verein.example>
Subject: AW: Angebot =?utf-8?q?f=C3=BCr?= die Dachsanierung
Date: Mon, 22 Sep 2025 08:31:02 +0200
Message-ID: <7f2c.wiesenhoefer@handwerk.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_caviard_sample_de_mixed"

--=_caviard_sample_de_mixed
Content-Type: multipart/alternative;
 boundary="=_caviard_sample_de_alternative"

--=_caviard_sample_de_alternative
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Sehr geehrte Frau Silberbach,

vielen Dank f=FCr Ihre R=FCckmeldung. Das =FCberarbeitete Angebot liegt bei. =
Mein Kollege, Herr Falk Drosselmann, kommt am Donnerstag um 8 Uhr zum Aufma=
=DF.

Sie erreichen ihn unter 030 23125 417 oder mobil unter 0152 28817 386. Ich se=
lbst bin bis Mittwoch nicht im B=FCro.

F=FCr den Abschlag gilt weiterhin die Bankverbindung
DE02 1203 0000 0000 2020 51.

Mit freundlichen Gr=FC=DFen
J=F6rg Wiesenh=F6fer

Fliederweg 7
12099 Berlin

Am 19.09.2025 um 14:02 schrieb Annegret Silberbach:
> Guten Tag Herr Wiesenh=F6fer,
>
> k=F6nnten Sie das Angebot bitte noch um die Rinne erg=E4nzen? R=FCckfragen
> gern unter 030 23125 090.
>
> Freundliche Gr=FC=DFe
> Annegret Silberbach

--=_caviard_sample_de_alternative
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable
MIME-Version: 1.0

<html><body>
<p>Sehr geehrte Frau Silberbach,</p>
<p>vielen Dank f=FCr Ihre R=FCckmeldung. Das =FCberarbeitete Angebot liegt be=
i. Mein Kollege, Herr <b>Falk Drosselmann</b>, kommt am Donnerstag um 8 Uhr z=
um Aufma=DF.</p>
<p>Sie erreichen ihn unter 030 23125 417 oder mobil unter <a href=3D"tel:+491=
5228817386">0152 28817 386</a>. Ich selbst bin bis Mittwoch nicht im B=FCro.<=
/p>
<p>F=FCr den Abschlag gilt weiterhin die Bankverbindung<br>
DE02 1203 0000 0000 2020 51.</p>
<p>Mit freundlichen Gr=FC=DFen<br>
J=F6rg Wiesenh=F6fer</p>
<p>Fliederweg 7<br>
12099 Berlin</p>
<blockquote><p>Guten Tag Herr Wiesenh=F6fer,</p>
<p>k=F6nnten Sie das Angebot bitte noch um die Rinne erg=E4nzen? R=FCckfragen=
 gern unter 030 23125 090.</p>
<p>Freundliche Gr=FC=DFe<br>
Annegret Silberbach</p></blockquote>
</body></html>

--=_caviard_sample_de_alternative--

--=_caviard_sample_de_mixed
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="angebot.pdf"
MIME-Version: 1.0

JVBERi0xLjQKMSAwIG9iago8PCAvVHlwZSAvQ2F0YWxvZyAvUGFnZXMgMiAwIFIgPj4KZW5kb2Jq
CjIgMCBvYmoKPDwgL1R5cGUgL1BhZ2VzIC9LaWRzIFszIDAgUl0gL0NvdW50IDEgPj4KZW5kb2Jq
CjMgMCBvYmoKPDwgL1R5cGUgL1BhZ2UgL1BhcmVudCAyIDAgUiAvTWVkaWFCb3ggWzAgMCAzMDAg
MTAwXSAvQ29udGVudHMgNCAwIFIgL1Jlc291cmNlcyA8PCAvRm9udCA8PCAvRjEgNSAwIFIgPj4g
Pj4gPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0xlbmd0aCAzNyA+PgpzdHJlYW0KQlQgL0YxIDEyIFRm
IDIwIDUwIFRkIChBbmdlYm90KSBUaiBFVAplbmRzdHJlYW0KZW5kb2JqCjUgMCBvYmoKPDwgL1R5
cGUgL0ZvbnQgL1N1YnR5cGUgL1R5cGUxIC9CYXNlRm9udCAvSGVsdmV0aWNhID4+CmVuZG9iagp4
cmVmCjAgNgowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMDkgMDAwMDAgbiAKMDAwMDAwMDA1
OCAwMDAwMCBuIAowMDAwMDAwMTE1IDAwMDAwIG4gCjAwMDAwMDAyNDEgMDAwMDAgbiAKMDAwMDAw
MDMyOCAwMDAwMCBuIAp0cmFpbGVyCjw8IC9TaXplIDYgL1Jvb3QgMSAwIFIgPj4Kc3RhcnR4cmVm
CjM5OAolJUVPRgo=

--=_caviard_sample_de_mixed--
`;
