import { strToU8, zipSync } from 'fflate';

/** Small files, written here, for tests. */

interface PdfPlan {
  /** An empty line is a gap. */
  readonly lines: readonly string[];
  readonly fields?: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly flags?: number;
  }[];
  readonly encrypted?: true;
  /** The same page so many times; one. */
  readonly pages?: number;
}

/** A PDF in ASCII. */
export function pdfOf({ lines, fields = [], encrypted, pages = 1 }: PdfPlan): Uint8Array {
  const shown = lines.map((line, at) => (line === '' ? '' : `BT /F1 12 Tf 72 ${720 - at * 14} Td (${line}) Tj ET`));
  const content = shown.join('\n');
  const first = 6;
  const refs = fields.map((_, at) => `${first + at} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /Lang (fr) /AcroForm << /Fields [${refs}] >> >>`,
    `<< /Type /Pages /Kids [${'3 0 R '.repeat(pages)}] /Count ${pages} >>`,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [${refs}] >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...fields.map(
      ({ name, label, value, flags = 0 }, at) =>
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /TU (${label}) /V (${value}) /Ff ${flags} /Rect [72 ${300 - at * 30} 300 ${320 - at * 30}] /P 3 0 R >>`,
    ),
  ];
  let file = '%PDF-1.7\n';
  const places: number[] = [];
  objects.forEach((object, at) => {
    places.push(file.length);
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  });
  const key = '0'.repeat(64);
  const lock = encrypted
    ? `/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`
    : '';
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return strToU8(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${lock} >>\nstartxref\n${file.length}\n%%EOF\n`,
    true,
  );
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** @param body - parts of `w:body` */
export function docxOf(body: readonly string[], { title = '' }: { readonly title?: string } = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document ${W}><w:body>${body.join('')}</w:body></w:document>`,
    ),
    'word/styles.xml': strToU8(
      `<w:styles ${W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    ),
    'docProps/core.xml': strToU8(`<cp:coreProperties><dc:title>${title}</dc:title></cp:coreProperties>`),
  });
}

/** @param body - of `office:text` */
export function odtOf(body: string, { encrypted = false }: { readonly encrypted?: boolean } = {}): Uint8Array {
  const entry = encrypted ? '<manifest:encryption-data/>' : '';
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'META-INF/manifest.xml': strToU8(`<manifest:manifest>${entry}</manifest:manifest>`),
    'content.xml': strToU8(
      `<office:document-content><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ),
  });
}

/** A message with two bodies and a file attached to it. */
export function messageOf(): Uint8Array {
  return strToU8(
    [
      'From: Amira Benali <amira@example.fr>',
      'To: benoit@example.fr',
      'Cc: Claire <claire@example.fr>',
      'Date: Tue, 3 Mar 2026 09:00:00 +0100',
      'Subject: =?utf-8?Q?R=C3=A9union_du_4?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="m"',
      '',
      '--m',
      'Content-Type: multipart/alternative; boundary="a"',
      '',
      '--a',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Bonjour,',
      '',
      'Voici la note.',
      '--a',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Bonjour,</p><p>Voici la <b>note</b>.</p><img src="https://suivi.example/pixel.png"><script>alert(1)</script>',
      '--a--',
      '--m',
      'Content-Type: application/pdf; name="note.pdf"',
      'Content-Disposition: attachment; filename="note.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0xLjc=',
      '--m--',
      '',
    ].join('\r\n'),
  );
}
