import { unpack } from './archive.ts';
import { BlockList } from './blockList.ts';
import { readingOf, readProperties } from './docx.ts';
import { type FileText, fileText } from './fileText.ts';
import { readXml } from './xml.ts';

const CONTENT = 'content.xml';
const META = 'meta.xml';
const MANIFEST = 'META-INF/manifest.xml';

/** The text of an ODT, in its order. */
export function readOdt(bytes: Uint8Array): FileText {
  const parts = unpack(bytes, new Set([CONTENT, META, MANIFEST]));
  if (/encryption-data/.test(parts.get(MANIFEST) ?? '')) return fileText({ reading: 'encrypted' });
  const content = parts.get(CONTENT);
  if (content === undefined) throw new Error('no content in it');
  const list = new BlockList();
  readContent(content, list);
  const { title, language } = readProperties(parts.get(META) ?? '');
  return fileText({ reading: readingOf(list), blocks: list.blocks, title, language });
}

/** Beside the text, or gone from it. */
const PASSED_OVER = new Set([
  'annotation',
  'tracked-changes',
  'note-citation',
  'sequence-decls',
  'forms',
  'binary-data',
]);

function readContent(xml: string, list: BlockList): void {
  let text = '';
  let level = 1;
  let depth = -1;
  let passing = 0;
  let paragraphs = 0;
  const cells: string[][] = [];

  const endParagraph = (kind: 'h' | 'p') => {
    const row = cells.at(-1);
    if (row !== undefined) row[row.length - 1] = `${row.at(-1) ?? ''} ${text}`;
    else if (kind === 'h') list.heading(level, text);
    else if (depth >= 0) list.item(depth, null, text);
    else list.paragraph(text);
    text = '';
  };

  readXml(xml, {
    open(name, attributes) {
      if (PASSED_OVER.has(name)) passing += 1;
      if (name === 'p' || name === 'h') {
        // A paragraph may stand in another: of a note, or of a frame.
        if (paragraphs > 0) text += ' ';
        paragraphs += 1;
        level = Number(attributes.get('outline-level') ?? 1) || 1;
      } else if (name === 's') text += ' ';
      else if (name === 'tab' || name === 'line-break') text += ' ';
      else if (name === 'list') depth += 1;
      else if (name === 'table-row') cells.push([]);
      else if (name === 'table-cell') cells.at(-1)?.push('');
    },
    close(name) {
      if (PASSED_OVER.has(name)) passing -= 1;
      if (name === 'p' || name === 'h') {
        paragraphs -= 1;
        if (paragraphs === 0) endParagraph(name);
        else text += ' ';
      } else if (name === 'list') depth -= 1;
      else if (name === 'table-row') {
        const row = cells.pop() ?? [];
        const outer = cells.at(-1);
        if (outer === undefined) list.row(row);
        else outer[outer.length - 1] = `${outer.at(-1) ?? ''} ${row.join(' ')}`;
      }
    },
    text(found) {
      if (paragraphs > 0 && passing === 0) text += found;
    },
  });
}
