import { describe, expect, test } from 'vitest';
import { testDraft } from '../testing/index.ts';
import { CaptureDraft, draftTitle } from './captureDraft.ts';
import { decodeText, encodeText, needsBlob, type TextBlock, TextLimits } from './text.ts';

const accepted = (change: Record<string, unknown>) => CaptureDraft.safeParse({ ...testDraft(), ...change }).success;

describe('a draft', () => {
  test('[D11] a plain one is accepted, with a full legal reference', () => {
    expect(accepted({})).toBe(true);
    expect(
      accepted({
        legal: {
          kind: { value: 'regulation', from: 'meta' },
          number: { value: '2024/1183', from: 'title' },
          nor: { value: 'PRMJ1901234D', from: 'text' },
          eli: { value: 'http://data.europa.eu/eli/reg/2024/1183/oj', from: 'url' },
          celex: { value: '32024R1183', from: 'meta' },
          legifrance: [{ value: 'JORFTEXT000038388445', from: 'url' }],
          date: { value: '2024-04-11', from: 'rdfa' },
        },
      }),
    ).toBe(true);
  });

  test.each([
    ['an empty title', { title: '  ' }],
    ['a title past the bound', { title: 'x'.repeat(501) }],
    ['a script as address', { url: 'javascript:alert(1)' }],
    ['inline data as address', { url: 'data:text/html,<script>1</script>' }],
    ['no address', { url: 'legifrance' }],
    ['a language that is none', { language: 'français !' }],
    ['a field nobody knows', { secret: 'x' }],
    ['a block of unknown kind', { text: [{ kind: 'script', text: 'x' }] }],
    ['a count of nothing', { missing: [{ kind: 'image', origin: null, count: 0 }] }],
    ['a legal number without its source', { legal: { number: '2019-341' } }],
    ['a NOR of the wrong shape', { legal: { nor: { value: 'PRMJ19', from: 'text' } } }],
    ['a date that does not exist', { legal: { date: { value: '2019-02-30', from: 'text' } } }],
  ])('[D11] %s is refused', (_what, change) => expect(accepted(change)).toBe(false));

  test('[D11] a text past the bound is refused', () => {
    const block: TextBlock = { kind: 'paragraph', text: 'x'.repeat(TextLimits.blockCharacters) };
    const fits = TextLimits.characters / TextLimits.blockCharacters;
    expect(accepted({ text: Array(fits).fill(block) })).toBe(true);
    expect(accepted({ text: Array(fits + 1).fill(block) })).toBe(false);
    expect(accepted({ text: [{ kind: 'row', header: false, cells: [] }] })).toBe(false);
  });
});

describe('titles and texts', () => {
  test('[D11] a page’s title is folded and cut between characters', () => {
    expect(draftTitle('  Code \n\t général  ', 'https://a.fr/')).toBe('Code général');
    expect(draftTitle('\n', 'https://a.fr/')).toBe('https://a.fr/');
    const cut = draftTitle('😀'.repeat(400), 'https://a.fr/');
    expect(cut).toBe(`${'😀'.repeat(249)}…`);
    expect(accepted({ title: cut })).toBe(true);
  });

  test('[D9] a text comes back from its blob, and anything else is no text', () => {
    const blocks = testDraft().text;
    expect(needsBlob(blocks)).toBe(false);
    expect(decodeText(encodeText(blocks))).toEqual(blocks);
    expect(decodeText('<html>')).toBeNull();
    expect(decodeText('[{"kind":"paragraph"}]')).toBeNull();
  });
});
