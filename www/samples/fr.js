/** An invented message, ASCII only; `index.js` gives it the line ends of a mail. */
export const name = "demande-de-rendez-vous.eml";

export const source = String.raw`Received: from mail.courrier.example (mail.courrier.example [192.0.2.25]) by
 mx.mairie.example with ESMTPS; Tue, 14 Oct 2025 09:12:44 +0200
From: Camille Vasseur-Lebrun <camille.vasseur@courrier.example>
To: Thibaut Marchandeau <t.marchandeau@mairie.example>
Cc: =?utf-8?q?Secr=C3=A9tariat?= <contact@mairie.example>
Subject: Re: Demande de rendez-vous de Mme Vasseur-Lebrun
Date: Tue, 14 Oct 2025 09:12:40 +0200
Message-ID: <20251014.camille.vasseur.7731@courrier.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_caviard_sample_fr_mixed"

--=_caviard_sample_fr_mixed
Content-Type: multipart/alternative;
 boundary="=_caviard_sample_fr_alternative"

--=_caviard_sample_fr_alternative
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Bonjour Monsieur Marchandeau,

Merci pour votre r=C3=A9ponse si rapide. Le jeudi 23 octobre =C3=A0 10 h me c=
onvient tr=C3=A8s bien ; je viendrai avec mon fr=C3=A8re, Dr Octave Lebrun, q=
ui conna=C3=AEt le dossier mieux que moi.

Si vous avez un emp=C3=AAchement, appelez-moi au 06 39 98 41 27 ou, le soir, =
au 01 99 00 58 13. Vous pouvez aussi m'=C3=A9crire =C3=A0 l'adresse suivante :

12, rue des Glycines
35999 Saint-Aubin

Bien =C3=A0 vous,
Camille

Le 13 oct. 2025 =C3=A0 17:40, Thibaut Marchandeau a =C3=A9crit :
> Ch=C3=A8re Madame Vasseur-Lebrun,
>
> Je peux vous recevoir jeudi 23 =C3=A0 10 h, bureau 214. Mon poste direct est
> le 01 99 00 21 40.
>
> Thibaut Marchandeau
> Service de l'urbanisme

--=_caviard_sample_fr_alternative
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
MIME-Version: 1.0

<html><head><style>p { font-family: Georgia }</style></head><body>
<p>Bonjour Monsieur Marchandeau,</p>
<p>Merci pour votre r=C3=A9ponse si rapide. Le jeudi 23 octobre =C3=A0 10 h m=
e convient tr=C3=A8s bien ; je viendrai avec mon fr=C3=A8re, Dr <b>Octave Leb=
run</b>, qui conna=C3=AEt le dossier mieux que moi.</p>
<p>Si vous avez un emp=C3=AAchement, appelez-moi au <a href=3D"tel:+336399841=
27">06 39 98 41 27</a> ou, le soir, au 01 99 00 58 13. Vous pouvez aussi m'=
=C3=A9crire =C3=A0 l'adresse suivante :</p>
<p>12, rue des Glycines<br>
35999 Saint-Aubin</p>
<p>Bien =C3=A0 vous,<br>
Camille</p>
<blockquote><p>Ch=C3=A8re Madame Vasseur-Lebrun,</p>
<p>Je peux vous recevoir jeudi 23 =C3=A0 10 h, bureau 214. Mon poste direct e=
st le 01 99 00 21 40.</p>
<p>Thibaut Marchandeau<br>
Service de l'urbanisme</p></blockquote>
</body></html>

--=_caviard_sample_fr_alternative--

--=_caviard_sample_fr_mixed
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="plan-cadastral.pdf"
MIME-Version: 1.0

JVBERi0xLjQKMSAwIG9iago8PCAvVHlwZSAvQ2F0YWxvZyAvUGFnZXMgMiAwIFIgPj4KZW5kb2Jq
CjIgMCBvYmoKPDwgL1R5cGUgL1BhZ2VzIC9LaWRzIFszIDAgUl0gL0NvdW50IDEgPj4KZW5kb2Jq
CjMgMCBvYmoKPDwgL1R5cGUgL1BhZ2UgL1BhcmVudCAyIDAgUiAvTWVkaWFCb3ggWzAgMCAzMDAg
MTAwXSAvQ29udGVudHMgNCAwIFIgL1Jlc291cmNlcyA8PCAvRm9udCA8PCAvRjEgNSAwIFIgPj4g
Pj4gPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0xlbmd0aCA0OSA+PgpzdHJlYW0KQlQgL0YxIDEyIFRm
IDIwIDUwIFRkIChQbGFuIGRlIGxhIHBhcmNlbGxlKSBUaiBFVAplbmRzdHJlYW0KZW5kb2JqCjUg
MCBvYmoKPDwgL1R5cGUgL0ZvbnQgL1N1YnR5cGUgL1R5cGUxIC9CYXNlRm9udCAvSGVsdmV0aWNh
ID4+CmVuZG9iagp4cmVmCjAgNgowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMDkgMDAwMDAg
biAKMDAwMDAwMDA1OCAwMDAwMCBuIAowMDAwMDAwMTE1IDAwMDAwIG4gCjAwMDAwMDAyNDEgMDAw
MDAgbiAKMDAwMDAwMDM0MCAwMDAwMCBuIAp0cmFpbGVyCjw8IC9TaXplIDYgL1Jvb3QgMSAwIFIg
Pj4Kc3RhcnR4cmVmCjQxMAolJUVPRgo=

--=_caviard_sample_fr_mixed--
`;
