// @vitest-environment node
import { strToU8, zipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { docxOf, messageOf, odtOf, pdfOf } from '../testing/madeFiles.ts';
import { typeOfContent } from './fileKind.ts';
import { FileLimits } from './fileLimits.ts';
import { readFile } from './readFile.ts';
import { BadXml, readXml } from './xml.ts';

const utf8 = (text: string) => strToU8(text);
const texts = (blocks: readonly object[]) =>
  blocks.map((block) => ('cells' in block ? (block.cells as string[]).join(' | ') : 'text' in block ? block.text : ''));

/** Lowers a bound until the end of the test: what it does to a file is seen without a file of that size. */
function bound(name: keyof typeof FileLimits, value: number): void {
  const limits: Record<string, number> = FileLimits;
  const before = FileLimits[name];
  limits[name] = value;
  onTestFinished(() => {
    limits[name] = before;
  });
}

describe('what a file is', () => {
  test.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\n\x00 written before it %PDF-1.4', 'application/pdf'],
    ['GIF89a', 'image/gif'],
    ['<!doctype html><title>x</title>', 'text/html'],
    ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['From: a@example.fr\r\nSubject: x\r\n\r\nBonjour', 'message/rfc822'],
    ['Note : un texte\nFrom: rien', 'text/plain'],
    ['MZ\x90\0\x03', 'application/x-msdownload'],
    ['\0\x01\x02', 'application/octet-stream'],
  ])('[P30] %j is %s, whatever its name', (content, type) => {
    expect(typeOfContent(Uint8Array.from(content, (character) => character.charCodeAt(0)))).toBe(type);
  });

  test('[P30] office files are told from other archives', () => {
    expect(typeOfContent(docxOf(['x']))).toMatch(/wordprocessingml\.document$/);
    expect(typeOfContent(odtOf('<text:p>x</text:p>'))).toBe('application/vnd.oasis.opendocument.text');
    expect(typeOfContent(zipSync({ 'a.txt': utf8('x') }))).toBe('application/zip');
  });
});

describe('a PDF', () => {
  test('[P31] [P32] is read with its lines, its fields and its pages; a password is not, and card numbers are not', async () => {
    const file = await readFile(
      pdfOf({
        lines: ['Circulaire du 3 mars', '', 'Le prefet instruit la de-', 'mande en deux mois.', '', 'Second alinea.'],
        fields: [
          { name: 'nom', label: 'Nom du demandeur', value: 'Benali' },
          { name: 'mdp', label: 'Mot de passe', value: 'MARQUE-1', flags: 8192 },
          { name: 'carte', label: 'Carte', value: '4111 1111 1111 1111' },
          { name: 'iban', label: 'IBAN', value: 'FR76 3000 6000 0112 3456 7890 189' },
        ],
      }),
    );
    expect(file).toMatchObject({ type: 'application/pdf', reading: 'whole', pages: 1, language: 'fr' });
    expect(texts(file.blocks)).toEqual([
      'Circulaire du 3 mars',
      'Le prefet instruit la demande en deux mois.',
      'Second alinea.',
      'Nom du demandeur | Benali',
      'Carte | •••',
      'IBAN | •••',
    ]);
  });

  test('[P33] that is broken, encrypted or a scan is said to be', async () => {
    expect(await readFile(utf8('%PDF-1.7 rien'))).toMatchObject({ reading: 'broken', blocks: [] });
    expect(await readFile(pdfOf({ lines: ['x'], encrypted: true }))).toMatchObject({
      reading: 'encrypted',
      blocks: [],
    });
    expect(await readFile(pdfOf({ lines: [] }))).toMatchObject({ reading: 'none', pages: 1 });
  });

  test('[P33] [P34] is read up to a number of pages, and says that it was cut', async () => {
    bound('pages', 2);
    const file = await readFile(pdfOf({ lines: ['Une page.'], pages: 5 }));
    expect(file).toMatchObject({ reading: 'cut', pages: 5 });
    expect(texts(file.blocks)).toEqual(['Une page.', 'Une page.']);
    expect(await readFile(pdfOf({ lines: ['Une page.'], pages: 2 }))).toMatchObject({ reading: 'whole', pages: 2 });
  });

  test('[P38] stops when it is told to', async () => {
    await expect(readFile(pdfOf({ lines: ['x'] }), { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('an office text', () => {
  test('[P31] DOCX: headings, lists, tables and properties, without what was struck out', async () => {
    const body = `<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Objet</w:t></w:r></w:p>
      <w:p><w:r><w:t xml:space="preserve">L’arrêté </w:t></w:r><w:del><w:r><w:delText>ancien </w:delText></w:r></w:del><w:moveFrom><w:r><w:t xml:space="preserve">qui était ici </w:t></w:r></w:moveFrom><w:r><w:t>&#233;tend &amp; fixe</w:t></w:r></w:p>
      <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>un point</w:t></w:r></w:p>
      <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`;
    const file = await readFile(docxOf([body], { title: 'Note' }));
    expect(file).toMatchObject({ reading: 'whole', title: 'Note' });
    expect(file.blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Objet' },
      { kind: 'paragraph', text: 'L’arrêté étend & fixe' },
      { kind: 'item', depth: 1, marker: null, text: 'un point' },
      { kind: 'row', header: false, cells: ['A', 'B'] },
    ]);
  });

  test('[P31] ODT: headings, lists and tables; an encrypted one is said to be', async () => {
    const body = `<text:h text:outline-level="2">Titre</text:h><text:p>Un<text:s/>texte<office:annotation><text:p>non</text:p></office:annotation></text:p>
      <text:list><text:list-item><text:p>point</text:p></text:list-item></text:list>
      <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell/></table:table-row></table:table>`;
    expect((await readFile(odtOf(body))).blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Titre' },
      { kind: 'paragraph', text: 'Un texte' },
      { kind: 'item', depth: 0, marker: null, text: 'point' },
      { kind: 'row', header: false, cells: ['A', ''] },
    ]);
    expect(await readFile(odtOf(body, { encrypted: true }))).toMatchObject({ reading: 'encrypted', blocks: [] });
  });

  test('[P33] [P34] one made to swell is given up, and one that is broken is said to be', async () => {
    const bomb = docxOf([`<w:p><w:r><w:t>${' '.repeat(8 * 1024 * 1024)}</w:t></w:r></w:p>`]);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await readFile(bomb)).toMatchObject({ reading: 'swollen', blocks: [] });
    expect(await readFile(docxOf(['<w:p>']))).toMatchObject({ reading: 'broken', blocks: [] });
  });

  test('[P34] what is unpacked is bounded in bytes and in files, each by itself', async () => {
    const text = docxOf(['<w:p><w:r><w:t>Le texte.</w:t></w:r></w:p>']);
    expect(await readFile(text)).toMatchObject({ reading: 'whole' });
    bound('unpackedBytes', 100);
    expect(await readFile(text)).toMatchObject({ reading: 'swollen', blocks: [] });
    bound('unpackedBytes', 1_000_000);
    bound('entries', 3);
    expect(await readFile(text)).toMatchObject({ reading: 'swollen', blocks: [] });
  });

  test('[P33] a text past its bound is cut, and said to be, whatever it comes in', async () => {
    bound('characters', 12);
    const word = docxOf(['<w:p><w:r><w:t>Le texte.</w:t></w:r></w:p>', '<w:p><w:r><w:t>La suite.</w:t></w:r></w:p>']);
    for (const bytes of [
      word,
      utf8('Le texte.\n\nLa suite.'),
      odtOf('<text:p>Le texte.</text:p><text:p>La suite.</text:p>'),
    ])
      expect(await readFile(bytes)).toMatchObject({ reading: 'cut', blocks: [{ text: 'Le texte.' }] });
  });

  test('[P34] XML with a document type, or nested without end, is refused', () => {
    const nobody = { open() {}, close() {}, text() {} };
    expect(() => readXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', nobody)).toThrow(BadXml);
    expect(() => readXml('<a>'.repeat(1_000) + '</a>'.repeat(1_000), nobody)).toThrow(BadXml);
    expect(() => readXml('<a>'.repeat(10) + '</a>'.repeat(10), nobody)).not.toThrow();
    const said: string[] = [];
    readXml('<a>&amp;&#x41;&b;<![CDATA[<i>]]></a>', { ...nobody, text: (text) => said.push(text) });
    expect(said.join('')).toBe('&A&b;<i>');
  });
});

test('[P31] [P36] a message begins with who wrote to whom and about what, and lists what is attached', async () => {
  const file = await readFile(messageOf());
  expect(file).toMatchObject({ type: 'message/rfc822', reading: 'whole', title: 'Réunion du 4' });
  expect(texts(file.blocks)).toEqual([
    'De | Amira Benali <amira@example.fr>',
    'À | benoit@example.fr',
    'Cc | Claire <claire@example.fr>',
    expect.stringMatching(/^Date \| /),
    'Objet | Réunion du 4',
    'Pièce jointe | note.pdf (1 Ko)',
    'Bonjour,',
    'Voici la note.',
  ]);
  expect(file.html).toContain('<b>note</b>');
});

test('[P31] a plain text is read in the encoding it is written in, its broken lines joined', async () => {
  expect((await readFile(Uint8Array.of(0xe9, 0x74, 0xe9))).blocks).toEqual([{ kind: 'paragraph', text: 'été' }]);
  const long = 'Une ligne qui va jusqu’au bord de la page, et plus loin';
  expect((await readFile(utf8(`${long}\nsuite\n\nfin`))).blocks).toMatchObject([
    { text: `${long} suite` },
    { text: 'fin' },
  ]);
});

test('[P30] an image gives its size', async () => {
  const png = new Uint8Array(32);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  new DataView(png.buffer).setUint32(16, 640);
  new DataView(png.buffer).setUint32(20, 480);
  expect(await readFile(png)).toMatchObject({
    type: 'image/png',
    reading: 'none',
    pixels: { width: 640, height: 480 },
  });
  expect(await readFile(png.slice(0, 12))).toMatchObject({ type: 'image/png', pixels: null });
});
