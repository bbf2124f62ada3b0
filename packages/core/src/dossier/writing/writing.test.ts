import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { TextBlock } from '../text.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import { levelled, passagesOf } from './passages.ts';

/** What reads the same: the words of each block, folded as a page folds them, markers with the text of their items. */
type Plain = readonly [kind: string, detail: number, text: string];

const parser = new MarkdownIt('commonmark').enable(['table', 'strikethrough']);

/** The blocks as a Markdown parser sees them; anything but words and line breaks in them shows as such. */
function readBack(markdown: string): Plain[] {
  const found: Plain[] = [];
  const lists: { next: number; sign: string | null }[] = [];
  let kind: Plain[0] = 'paragraph';
  let detail = 0;
  let cells: string[] = [];
  for (const token of parser.parse(markdown, {})) {
    if (token.type === 'heading_open') [kind, detail] = ['heading', Number(token.tag.slice(1))];
    else if (token.type === 'blockquote_open') kind = 'quote';
    else if (/^(?:blockquote|heading)_close$/.test(token.type)) [kind, detail] = ['paragraph', 0];
    else if (token.type === 'bullet_list_open') lists.push({ next: 1, sign: null });
    else if (token.type === 'ordered_list_open')
      lists.push({ next: Number(token.attrGet('start') ?? 1), sign: token.markup });
    else if (/list_close$/.test(token.type)) lists.pop();
    else if (token.type === 'list_item_open') kind = 'item';
    else if (token.type === 'list_item_close') kind = 'paragraph';
    else if (token.type === 'fence') found.push(['preformatted', 0, token.content.replace(/\n$/, '')]);
    else if (token.type === 'tr_open') cells = [];
    else if (token.type === 'tr_close') found.push(['row', 0, cells.join(' | ')]);
    else if (/^(?:t[hd]|table|thead|tbody|paragraph)_(?:open|close)$/.test(token.type)) {
      if (/^t[hd]_/.test(token.type)) kind = token.type.endsWith('open') ? 'cell' : 'paragraph';
    } else if (token.type === 'inline') {
      const text = (token.children ?? [])
        .map(({ type, content }) =>
          type === 'text' || type === 'text_special' ? content : type === 'hardbreak' ? '\n' : `<${type}>`,
        )
        .join('');
      const list = lists.at(-1);
      if (kind === 'cell') cells.push(text);
      else if (kind !== 'item' || list === undefined) found.push([kind, detail, text]);
      else {
        found.push(['item', lists.length - 1, list.sign === null ? text : `${list.next}${list.sign} ${text}`]);
        list.next += 1;
      }
    } else if (token.type !== 'ordered_list_open') found.push([`<${token.type}>`, 0, token.content]);
  }
  return found;
}

function plain(blocks: readonly TextBlock[]): Plain[] {
  return passagesOf(blocks).flatMap((passage): Plain[] => {
    switch (passage.kind) {
      case 'heading':
        return [['heading', passage.level, passage.text.replace(/\s+/g, ' ')]];
      case 'list':
        return levelled(passage.items).map(({ item, level }) => [
          'item',
          level,
          item.marker === null ? item.text : `${item.marker} ${item.text}`,
        ]);
      case 'table': {
        const width = Math.max(...passage.rows.map(({ cells }) => cells.length));
        const line = (cells: readonly string[]): Plain => [
          'row',
          0,
          Array.from({ length: width }, (_, at) => (cells[at] ?? '').replace(/\s+/g, ' ')).join(' | '),
        ];
        const rows = passage.rows.map(({ cells }) => line(cells));
        return passage.rows[0]?.header === true ? rows : [line([]), ...rows];
      }
      default:
        return [[passage.kind, 0, passage.text]];
    }
  });
}

/** Words as the blocks of a page hold them: folded, never empty. */
const sign = fc.constantFrom(
  ...'\\`*_{}[]()<>#+-.!|~&=:"\'^$%@/?;,',
  '1.',
  '2)',
  '---',
  '===',
  '&amp;',
  '<br>',
  '](x)',
  '**',
  '  ',
  '\n',
  '    ',
  '```',
  '~~~',
  'http://a.fr',
  '😀',
  'é',
  'mot',
);
const text = fc
  .array(sign, { minLength: 1, maxLength: 14 })
  .map((parts) =>
    parts
      .join('')
      .replace(/ {2,}/g, ' ')
      .replace(/ ?\n+ ?/g, '\n')
      .trim(),
  )
  .filter((folded) => folded !== '');
const block: fc.Arbitrary<TextBlock> = fc.oneof(
  fc.record({ kind: fc.constant('paragraph' as const), text }),
  fc.record({ kind: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 6 }), text }),
  fc.record({ kind: fc.constant('quote' as const), text }),
  fc.record({ kind: fc.constant('preformatted' as const), text }),
  fc.record({
    kind: fc.constant('item' as const),
    depth: fc.nat(4),
    marker: fc.constantFrom(null, '1.', '2.', '3)', '1°', 'a)', '(b)', '0.', '—'),
    text,
  }),
  fc.record({
    kind: fc.constant('row' as const),
    header: fc.boolean(),
    cells: fc.array(fc.oneof(text, fc.constant('')), { minLength: 1, maxLength: 4 }),
  }),
);

const item = (text: string): TextBlock => ({ kind: 'item', depth: 0, marker: null, text });
const row = (cell: string): TextBlock => ({ kind: 'row', header: false, cells: [cell] });

test('items and rows that follow each other are one list and one table', () => {
  const text = { kind: 'paragraph', text: 'p' } as const;
  expect(passagesOf([item('a'), item('b'), row('c'), row('d'), text, item('e')])).toEqual([
    { kind: 'list', items: [item('a'), item('b')] },
    { kind: 'table', rows: [row('c'), row('d')] },
    text,
    { kind: 'list', items: [item('e')] },
  ]);
});

describe('Markdown', () => {
  test('[L9] reads as people write it', () => {
    expect(
      toMarkdown([
        { kind: 'heading', level: 2, text: 'Article 1er' },
        { kind: 'paragraph', text: 'Le service :' },
        { kind: 'item', depth: 0, marker: '1°', text: 'tient' },
        { kind: 'item', depth: 1, marker: 'a)', text: 'sa liasse' },
        { kind: 'item', depth: 0, marker: '2°', text: 'la relit' },
        { kind: 'row', header: true, cells: ['Service', 'Délai'] },
        { kind: 'row', header: false, cells: ['A | B', '2 mois'] },
        { kind: 'paragraph', text: '1. n’est pas une liste\n- ni ceci' },
      ]),
    ).toBe(
      '## Article 1er\n\nLe service :\n\n- 1° tient\n  - a) sa liasse\n- 2° la relit\n\n| Service | Délai |\n| --- | --- |\n| A \\| B | 2 mois |\n\n1\\. n’est pas une liste\\\n\\- ni ceci\n',
    );
  });

  test('[L9] a parser reads back the same blocks, whatever their characters', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        expect(readBack(toMarkdown(blocks))).toEqual(plain(blocks));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('HTML', () => {
  test('[L9] headings, nested lists, tables', () => {
    expect(
      toHtml([
        { kind: 'heading', level: 2, text: 'A & B' },
        { kind: 'item', depth: 0, marker: null, text: 'un' },
        { kind: 'item', depth: 1, marker: 'a)', text: 'deux' },
        { kind: 'item', depth: 0, marker: null, text: 'trois' },
        { kind: 'row', header: true, cells: ['S'] },
        { kind: 'row', header: false, cells: ['1\n2'] },
      ]),
    ).toBe(
      '<h2>A &amp; B</h2>\n<ul><li>un<ul><li style="list-style: none">a) deux</li></ul></li><li>trois</li></ul>\n' +
        '<table><thead><tr><th scope="col">S</th></tr></thead><tbody><tr><td>1<br>2</td></tr></tbody></table>',
    );
  });

  test('[L9] holds no markup of the text’s own, and closes what it opens', () => {
    const tag = /<(\/?)([a-z0-9]+)(?: scope="col"| style="list-style: none")?>/g;
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const html = toHtml(blocks);
        const open: string[] = [];
        for (const [, closes, name = ''] of html.matchAll(tag)) {
          if (closes === '/') expect(open.pop()).toBe(name);
          else if (name !== 'br') open.push(name);
        }
        expect(open).toEqual([]);
        expect(html.replace(tag, '')).not.toMatch(/[<>]/);
      }),
    );
  });
});
