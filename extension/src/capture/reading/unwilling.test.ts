import { CaptureDraft } from '@liasse/core';
import { describe, expect, test } from 'vitest';
import { CaptureLimits } from '../limits.ts';
import { parsePage, parseTrap } from '../testing.ts';
import { readBlocks } from './blocks.ts';
import { flatten } from './flatten.ts';
import { readText } from './readText.ts';
import { linesOf, prose, read } from './testing.ts';

const everything = { isShown: () => true };

describe('pages that do not want to be read', () => {
  test('[L5] nested deep (20,000 in Chromium: clip.spec.ts): words of two blocks stay two words', () => {
    const page = parsePage('<main></main>');
    let inner = page.querySelector('main') as Element;
    for (let depth = 0; depth < 1_000; depth++) {
      const next = page.createElement(depth % 2 === 0 ? 'div' : 'span');
      inner.append(next);
      inner = next;
    }
    inner.innerHTML = '<p>au fond</p><p>du puits</p>';
    const text = readText(page, { ...everything, url: new URL('https://a.example/'), legal: false });
    expect(linesOf(text).join('\n')).toBe('au fond\ndu puits');
  });

  test('[L5] blocks past the limits are left out and counted', () => {
    const page = parsePage('<main></main>');
    const paragraphs = Array.from({ length: CaptureLimits.blocks + 3 }, () => {
      const paragraph = page.createElement('p');
      paragraph.textContent = 'a';
      return paragraph;
    });
    page.body.replaceChildren(...paragraphs);
    const reading = readBlocks(page.body);
    expect(reading.blocks).toHaveLength(CaptureLimits.blocks);
    expect(reading.dropped).toBe(3);
  });

  test('[L5] a paragraph without end is cut into several, between words', () => {
    const text = read(`<main><p>${'mot '.repeat(CaptureLimits.blockCharacters * 0.6)}</p></main>`);
    expect(text.blocks).toHaveLength(3);
    expect(CaptureDraft.shape.text.safeParse(text.blocks).success).toBe(true);
    expect(linesOf(text).every((line) => /^mot.*mot$/.test(line))).toBe(true);
  });

  test('[L5] of a text without end as much is kept as a piece may hold', () => {
    const flat = flatten(parsePage(`<p>${'x'.repeat(CaptureLimits.textCharacters + 10)}</p><p>fin</p>`), everything);
    expect(flat).toMatchObject({ characters: CaptureLimits.textCharacters, dropped: 2 });
  });

  test('[L6] fields called like properties hide nothing, and the copy holds none', () => {
    const page = parseTrap(
      `<img name="body"><img name="implementation"><form><p>${prose(1)}</p><input name="childNodes"><input name="firstChild"><input name="nextSibling"><input name="attributes"></form>`,
    );
    const flat = flatten(page, everything);
    expect(flat.body.querySelector('form, input, img, script, [name], [style], [onclick]')).toBeNull();
    expect(readBlocks(flat.body).blocks).toEqual([{ kind: 'paragraph', text: prose(1) }]);
  });

  test('[L6] names that no parser would give', () => {
    const page = parsePage('<main></main>');
    const odd = page.createElementNS('urn:x', 'A_b:Ç');
    odd.textContent = 'étrange';
    page.querySelector('main')?.append(odd);
    expect(readBlocks(flatten(page, everything).body).blocks).toEqual([{ kind: 'paragraph', text: 'étrange' }]);
  });
});
