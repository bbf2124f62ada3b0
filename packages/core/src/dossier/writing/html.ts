import type { TextBlock } from '../text.ts';
import { levelled, type Passage, passagesOf } from './passages.ts';

/** A text as HTML for a clipboard or a file: headings, lists, tables, and no markup that came with the words. */
export const toHtml = (blocks: readonly TextBlock[]): string => passagesOf(blocks).map(passage).join('\n');

function passage(of: Passage): string {
  switch (of.kind) {
    case 'heading':
      return `<h${of.level}>${words(of.text)}</h${of.level}>`;
    case 'paragraph':
      return `<p>${words(of.text)}</p>`;
    case 'quote':
      return `<blockquote><p>${words(of.text)}</p></blockquote>`;
    case 'preformatted':
      // A first line break would be taken for the tag's own.
      return `<pre>\n${escaped(of.text)}</pre>`;
    case 'list':
      return list(of.items);
    case 'table':
      return table(of.rows);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const words = (text: string): string => escaped(text).replaceAll('\n', '<br>');

/** A marker is written out: « 1° » and « a) » are numbers that no list of a word processor gives. */
function list(items: Extract<Passage, { kind: 'list' }>['items']): string {
  let html = '';
  let open = -1;
  for (const { item, level } of levelled(items)) {
    if (level > open) html += '<ul>';
    else html += `</li>${'</ul></li>'.repeat(open - level)}`;
    open = level;
    html +=
      item.marker === null
        ? `<li>${words(item.text)}`
        : `<li style="list-style: none">${escaped(item.marker)} ${words(item.text)}`;
  }
  return `${html}${'</li></ul>'.repeat(open + 1)}`;
}

function table(rows: Extract<Passage, { kind: 'table' }>['rows']): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${words(cell)}</${tag.split(' ')[0]}>`).join('')}</tr>`;
  const heads = rows.findIndex(({ header }) => !header);
  const end = heads === -1 ? rows.length : heads;
  const head = rows.slice(0, end).map(({ cells }) => line(cells, 'th scope="col"'));
  const body = rows.slice(end).map(({ cells }) => line(cells, 'td'));
  const part = (tag: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `<${tag}>${lines.join('')}</${tag}>`;
  return `<table>${part('thead', head)}${part('tbody', body)}</table>`;
}
