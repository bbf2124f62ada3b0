import { unpack } from './archive.ts';
import { BlockList } from './blockList.ts';
import { type FileText, fileText } from './fileText.ts';
import { readXml } from './xml.ts';

const DOCUMENT = 'word/document.xml';
const STYLES = 'word/styles.xml';
const CORE = 'docProps/core.xml';

/** The text of a DOCX, in its order: headings by their style, lists by their numbering, tables by row. */
export function readDocx(bytes: Uint8Array): FileText {
  const parts = unpack(bytes, new Set([DOCUMENT, STYLES, CORE]));
  const document = parts.get(DOCUMENT);
  if (document === undefined) throw new Error('no document in it');
  const list = new BlockList();
  readDocument(document, headingsOf(parts.get(STYLES) ?? ''), list);
  const { title, language } = readProperties(parts.get(CORE) ?? '');
  return fileText({ reading: readingOf(list), blocks: list.blocks, title, language });
}

/** How far a text was read. */
export const readingOf = ({ blocks, isCut }: BlockList): FileText['reading'] =>
  isCut ? 'cut' : blocks.length === 0 ? 'none' : 'whole';

/** What a document says of itself in Dublin Core, as both families of suites write it. */
export function readProperties(xml: string): Pick<FileText, 'title' | 'language'> {
  const found: Record<string, string> = {};
  let at = '';
  if (xml !== '') {
    readXml(xml, {
      open: (name) => {
        at = name;
      },
      close: () => {
        at = '';
      },
      text: (text) => {
        if (at === 'title' || at === 'language') found[at] = (found[at] ?? '') + text;
      },
    });
  }
  return { title: found.title?.trim() || null, language: found.language?.trim() || null };
}

/** Levels of the styles that are headings, by id: `Titre1` in a French Word is `heading 1` by name. */
function headingsOf(xml: string): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  let style = '';
  if (xml === '') return levels;
  readXml(xml, {
    open(name, attributes) {
      const value = attributes.get('val') ?? '';
      if (name === 'style') style = attributes.get('styleId') ?? '';
      else if (name === 'name' && /^title$/i.test(value)) levels.set(style, 1);
      else if (name === 'name') setLevel(/^heading (\d)$/i.exec(value)?.[1], 0);
      else if (name === 'outlineLvl') setLevel(value, 1);
    },
    close() {},
    text() {},
  });
  return levels;

  function setLevel(digit: string | undefined, from: number): void {
    const level = Number(digit) + from;
    if (digit !== undefined && level >= 1 && level <= 9 && !levels.has(style)) levels.set(style, level);
  }
}

/** What stands in a document without being its text: drawings repeat theirs, and what was struck out is gone. */
const PASSED_OVER = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'fldData', 'binData']);

function readDocument(xml: string, headings: ReadonlyMap<string, number>, list: BlockList): void {
  let text = '';
  let style = '';
  let depth: number | null = null;
  let outline: number | null = null;
  let passing = 0;
  let inText = 0;
  const cells: string[][] = [];

  const endParagraph = () => {
    const row = cells.at(-1);
    if (row !== undefined) row[row.length - 1] = `${row.at(-1) ?? ''} ${text}`;
    else if (outline !== null || headings.has(style)) list.heading(outline ?? headings.get(style) ?? 1, text);
    else if (depth !== null) list.item(depth, null, text);
    else list.paragraph(text);
    text = '';
    style = '';
    depth = null;
    outline = null;
  };

  readXml(xml, {
    open(name, attributes) {
      if (PASSED_OVER.has(name)) passing += 1;
      const value = attributes.get('val') ?? '';
      if (name === 't') inText += 1;
      else if (name === 'tab' || name === 'br' || name === 'cr') text += ' ';
      else if (name === 'noBreakHyphen') text += '\u2011';
      else if (name === 'pStyle') style = value;
      else if (name === 'ilvl') depth = Number(value) || 0;
      else if (name === 'numId' && value !== '0') depth ??= 0;
      else if (name === 'outlineLvl' && Number(value) < 9) outline = Number(value) + 1;
      else if (name === 'tr') cells.push([]);
      else if (name === 'tc') cells.at(-1)?.push('');
    },
    close(name) {
      if (PASSED_OVER.has(name)) passing -= 1;
      if (name === 't') inText -= 1;
      else if (name === 'p') endParagraph();
      else if (name === 'tr') endRow();
    },
    text(found) {
      if (inText > 0 && passing === 0) text += found;
    },
  });

  /** A table within a cell is text of that cell. */
  function endRow(): void {
    const row = cells.pop() ?? [];
    const outer = cells.at(-1);
    if (outer === undefined) list.row(row);
    else outer[outer.length - 1] = `${outer.at(-1) ?? ''} ${row.join(' ')}`;
  }
}
