import type { TextBlock } from '../text.ts';
import { levelled, type Passage, passagesOf } from './passages.ts';

/** A text in CommonMark, with GitHub's tables: a parser reads back the same words in the same blocks, whatever they are. */
export function toMarkdown(blocks: readonly TextBlock[]): string {
  const written = passagesOf(blocks)
    .map(passage)
    .filter((text) => text !== '');
  return written.length === 0 ? '' : `${written.join('\n\n')}\n`;
}

function passage(of: Passage): string {
  switch (of.kind) {
    case 'heading':
      // A closing run of `#` would be taken for decoration.
      return of.text === ''
        ? ''
        : `${'#'.repeat(of.level)} ${inline(of.text.replace(/\s+/gu, ' ')).replaceAll('#', '\\#')}`;
    case 'paragraph':
      return lines(of.text).join('\n');
    case 'quote':
      return lines(of.text)
        .map((line) => `> ${line}`)
        .join('\n');
    case 'preformatted':
      return fenced(of.text);
    case 'list':
      return list(of.items);
    case 'table':
      return table(of.rows);
  }
}

/** What could begin a mark anywhere in a line. */
const inline = (text: string): string => text.replace(/[\\`*_[\]<>&~]/g, '\\$&');

/** What could make a line something else than words when it stands at its beginning. */
const lineStart = (line: string): string =>
  line
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^(:?)\|/, '$1\\|');

/** A text as lines of Markdown; each but the last ends in a hard break. */
function lines(text: string): readonly string[] {
  if (text === '') return [];
  const all = text.split('\n').map((line) => lineStart(inline(line.trim())));
  return all.map((line, at) => (at === all.length - 1 ? line : `${line}\\`));
}

function fenced(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** A list that is open: how far its items' text is from its own margin, and the number its next item must have to be numbered by it. */
interface OpenList {
  readonly indent: number;
  readonly next: string | null;
}

/**
 * Markdown numbers the items of a list itself, from its first: an item that it would number otherwise, and « 1° » or « a) », say their number
 * in their text.
 */
function list(items: Extract<Passage, { kind: 'list' }>['items']): string {
  const open: OpenList[] = [];
  const written: string[] = [];
  for (const { item, level } of levelled(items)) {
    const last = open.length > level ? (open[level] ?? null) : null;
    open.length = level;
    const margin = ' '.repeat(open.reduce((sum, { indent }) => sum + indent, 0));
    const native =
      item.marker !== null && isNative(item.marker, { last, isFirst: written.length === 0 }) ? item.marker : null;
    const sign = native ?? '-';
    const text = [native === null ? item.marker : null, item.text]
      .filter((part) => part !== null && part !== '')
      .join(' ');
    const [first = '', ...rest] = lines(text);
    const indent = sign.length + 1;
    written.push(`${margin}${sign} ${first}`.trimEnd(), ...rest.map((line) => `${margin}${' '.repeat(indent)}${line}`));
    open.push({ indent, next: native === null ? null : nextOf(native) });
  }
  return written.join('\n');
}

/** Whether Markdown would give an item its number: a list in the middle of another’s lines can only begin at 1. */
function isNative(marker: string, { last, isFirst }: { last: OpenList | null; isFirst: boolean }): boolean {
  if (!/^(?:0|[1-9]\d{0,7})[.)]$/.test(marker)) return false;
  return last !== null && last.next !== null ? last.next === marker : isFirst || Number.parseInt(marker, 10) === 1;
}

const nextOf = (marker: string): string => `${Number.parseInt(marker, 10) + 1}${marker.at(-1)}`;

function table(rows: Extract<Passage, { kind: 'table' }>['rows']): string {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => inline((cells[at] ?? '').replace(/\s+/gu, ' ').trim()).replaceAll('|', '\\|')).join(' | ')} |`;
  const [first, ...others] = rows;
  const headed = first?.header === true;
  const body = (headed ? others : rows).map(({ cells }) => line(cells));
  return [line(headed ? first.cells : []), `|${' --- |'.repeat(width)}`, ...body].join('\n');
}
