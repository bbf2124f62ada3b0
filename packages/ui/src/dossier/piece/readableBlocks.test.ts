import type { TextBlock } from '@liasse/core';
import { expect, test } from 'vitest';
import { headingLevels, withoutTitle } from './readableBlocks.ts';

const heading = (level: number, text: string): TextBlock => ({ kind: 'heading', level, text });

test('headings keep their order below the title, and no level is skipped', () => {
  const blocks = [heading(1, 'a'), heading(4, 'b'), heading(6, 'c'), heading(4, 'd'), heading(1, 'e'), heading(2, 'f')];
  expect(blocks.map((block) => headingLevels(blocks).get(block))).toEqual([2, 3, 4, 3, 2, 3]);
  const late = [heading(3, 'a'), heading(2, 'b'), heading(3, 'c')];
  expect(late.map((block) => headingLevels(late).get(block))).toEqual([2, 2, 3]);
});

test('the title is not read twice, and nothing else is left out', () => {
  const text = { kind: 'paragraph', text: 'Arrêté du 3 mai' } as const;
  expect(withoutTitle([heading(1, 'ARRÊTÉ du 3 mai'), text], 'Arrêté du 3 mai')).toEqual([text]);
  expect(withoutTitle([heading(1, 'Annexe'), text], 'Arrêté du 3 mai')).toEqual([heading(1, 'Annexe'), text]);
  expect(withoutTitle([text], 'Arrêté du 3 mai')).toEqual([text]);
});
