/** What a stranger reads first. Both languages go into every archive: who checks it may not be who made it. */
export const LISEZMOI = `Cette archive contient une pièce de dossier exportée de Liasse.

piece.html                  le texte de la pièce, lisible partout
text.md                     le même texte en Markdown
snapshot/index.html         la page telle qu'elle a été vue ; s'ouvre sans réseau
datapackage.json            le manifeste : chaque partie avec sa taille et son empreinte SHA-256
datapackage-digest.json     l'empreinte du manifeste
receipt/                    le reçu signé par le serveur, s'il y en a un
SHA256SUMS                  l'empreinte de chaque fichier de l'archive

1. Vérifier que rien n'a changé depuis l'export :

     sha256sum -c SHA256SUMS

2. Vérifier que le reçu porte sur ce manifeste : ces deux valeurs sont la même.

     sha256sum datapackage.json
     grep -o '"manifestSha256":"[0-9a-f]*"' receipt/signed.json

3. Vérifier la signature du reçu (OpenSSL 3), dans le dossier receipt :

     openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in signed.json -sigfile signature.bin

   La clé publique jointe ne prouve rien à elle seule : comparez-la à celle que le serveur publie
   à l'adresse /.well-known/liasse-receipts.json (membre « x »).

Ce que cela montre : un appareil a enregistré ce contenu, et le serveur en a reçu l'empreinte au moment
indiqué. Cela ne montre pas que la source l'a publié.
`;

export const README = `This archive holds one piece of a dossier, exported from Liasse.

piece.html                  the piece's text, readable anywhere
text.md                     the same text in Markdown
snapshot/index.html         the page as it was seen; opens without a network
datapackage.json            the manifest: every part with its size and its SHA-256
datapackage-digest.json     the manifest's own hash
receipt/                    the receipt that the server signed, if there is one
SHA256SUMS                  the hash of every file in this archive

1. Check that nothing changed since the export:

     sha256sum -c SHA256SUMS

2. Check that the receipt is about this manifest: these two values are one.

     sha256sum datapackage.json
     grep -o '"manifestSha256":"[0-9a-f]*"' receipt/signed.json

3. Check the receipt's signature (OpenSSL 3), in the folder receipt:

     openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in signed.json -sigfile signature.bin

   The public key that comes along proves nothing by itself: compare it with the one that the server publishes
   at /.well-known/liasse-receipts.json (member "x").

What this shows: a device recorded this content, and the server received its hash at the moment it says. It does
not show that the source published it.
`;
