import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amendLawText, below, makeLawText, seededRandomness, sentence } from '../../testing/index.ts';
import type { TextBlock, TextBlocks } from '../text.ts';
import { compareTexts } from './compare.ts';
import { earlierText, laterText } from './replay.ts';
import { comparedText } from './sections.ts';

/** Few words and few numbers, so that everything repeats. */
const hostileBlock: fc.Arbitrary<TextBlock> = fc.oneof(
  fc.record({ kind: fc.constant('paragraph' as const), text: fc.stringMatching(/^([ab]{1,2}[ .]){0,6}$/) }),
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.constant(2),
    text: fc.constantFrom('Article 1', 'Article 2', 'Article 3', 'Chapitre I', 'Annexe'),
  }),
  fc.record({
    kind: fc.constant('item' as const),
    depth: fc.nat({ max: 2 }),
    marker: fc.constantFrom('1°', 'a)', null),
    text: fc.stringMatching(/^[ab ]{0,6}$/),
  }),
  fc.record({
    kind: fc.constant('row' as const),
    header: fc.boolean(),
    cells: fc.array(fc.stringMatching(/^[ab\t]{0,3}$/), { minLength: 1, maxLength: 3 }),
  }),
);
const hostileText = fc.array(hostileBlock, { maxLength: 25 });

const lawPair = fc.record({ seed: fc.nat(), share: fc.constantFrom(0.05, 0.2, 0.9) }).map(({ seed, share }) => {
  const random = seededRandomness(seed);
  const before = makeLawText({ random, words: 600 });
  return [before, amendLawText(before, { random, share })] as const;
});
const textPair = fc.oneof(fc.tuple(hostileText, hostileText), lawPair);

describe('any two texts', () => {
  test('[V1] a text compared with itself has no change', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          lawPair.map(([before]) => before),
        ),
        (text) => {
          const { sections, counts, coarse } = compareTexts(text, structuredClone(text) as TextBlock[]);
          expect(sections.flatMap(({ blocks }) => blocks).map(({ kind }) => kind)).toEqual(text.map(() => 'same'));
          for (const { changed, added, removed, moved } of [counts.articles, counts.passages]) {
            expect([changed, added, removed, moved]).toEqual([0, 0, 0, 0]);
          }
          expect([counts.words.added, counts.words.removed, coarse]).toEqual([0, 0, 0]);
        },
      ),
    );
  });

  test('[V2] what changed makes the later text of the earlier one, and the earlier of the later', () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        const comparison = compareTexts(before, after);
        expect(laterText(before, comparison)).toEqual(after);
        expect(earlierText(after, comparison)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  test('[V3] compared the other way round, the same changes are found', () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        const [there, back] = [compareTexts(before, after), compareTexts(after, before)];
        for (const kind of ['articles', 'passages'] as const) {
          const { added, removed, ...others } = back.counts[kind];
          expect({ ...others, added: removed, removed: added }).toEqual(there.counts[kind]);
        }
        expect(back.counts.words).toEqual({ added: there.counts.words.removed, removed: there.counts.words.added });
        const places = (comparison: typeof there) =>
          comparison.sections.flatMap(({ blocks }) =>
            blocks.map((change) => ('before' in change && 'after' in change ? [change.before, change.after] : [])),
          );
        expect(
          places(back)
            .map(([a, b]) => `${b} ${a}`)
            .sort(),
        ).toEqual(
          places(there)
            .map(([a, b]) => `${a} ${b}`)
            .sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('[V7] the runs of a changed block are its two texts', () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        for (const change of compareTexts(before, after).sections.flatMap(({ blocks }) => blocks)) {
          if (change.kind !== 'changed' || change.words === null) continue;
          const joined = (not: string) => change.words?.flatMap((run) => (run.kind === not ? [] : run.text)).join('');
          expect(joined('added')).toBe(comparedText(change.former));
          expect(joined('removed')).toBe(comparedText(change.block));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('words', () => {
  const runs = (before: string, after: string) => {
    const [change] =
      compareTexts([{ kind: 'paragraph', text: before }], [{ kind: 'paragraph', text: after }]).sections[0]?.blocks ??
      [];
    return change?.kind === 'changed' ? change.words?.map(({ kind, text }) => `${kind}:${text}`) : null;
  };

  test('[V7] a change is whole: no crumb of what stayed divides it', () => {
    expect(runs('dans un délai de deux mois de réflexion', 'dans un délai de trois ans de réflexion')).toEqual([
      'same:dans un délai de ',
      'removed:deux mois',
      'added:trois ans',
      'same: de réflexion',
    ]);
    expect(runs('Il est créé un comité.', 'Il est créé un comité national.')).toEqual([
      'same:Il est créé un comité',
      'added: national',
      'same:.',
    ]);
  });
});

describe('bounds', () => {
  const steps = (before: TextBlocks, after: TextBlocks) => {
    const meter = { steps: 0 };
    const comparison = compareTexts(before, after, meter);
    return { steps: meter.steps, comparison };
  };
  const noise = (seed: number, words: number) => {
    const random = seededRandomness(seed);
    return Array.from({ length: words }, () => (below(random, 2) === 0 ? 'a' : 'b')).join(' ');
  };

  test('[V9] two huge paragraphs with nothing in common are said to be told apart as a whole', () => {
    const before = [{ kind: 'paragraph', text: `Le même début. ${noise(1, 90_000)}` }] as const;
    const after = [{ kind: 'paragraph', text: `Le même début. ${noise(2, 90_000)}` }] as const;
    const { comparison, steps: taken } = steps(before, after);
    expect(taken).toBeLessThan(100_000_000);
    expect(comparison.coarse).toBe(1);
    expect(comparison.counts.words.removed).toBeGreaterThan(50_000);
    expect(laterText(before, comparison)).toEqual(after);
  });

  test('[V9] twice the hostile text costs about twice the steps', () => {
    const hostile = (seed: number, blocks: number): TextBlocks => {
      const random = seededRandomness(seed);
      return Array.from(
        { length: blocks },
        () => ({ kind: 'paragraph', text: `${'ab'[below(random, 2)]} c` }) as const,
      );
    };
    const [small, large] = [4_000, 8_000].map((n) => steps(hostile(1, n), hostile(2, n)).steps) as [number, number];
    expect(large).toBeLessThan(Math.max(3 * small, 200_000_000));
    expect(large).toBeLessThan(400_000_000);
  });

  test('[V9] paragraphs that are all others are not each weighed against each', () => {
    const others = (letter: string, blocks: number): TextBlocks =>
      Array.from({ length: blocks }, (_, n) => ({ kind: 'paragraph', text: `${letter}${n} c` }) as const);
    const blocks = 3_000;
    // All pairs are nine million, of four words each.
    expect(steps(others('a', blocks), others('b', blocks)).steps).toBeLessThan(2 * blocks ** 2);
  });

  test('[V9] paragraphs that all differ a little are still paired', () => {
    const random = seededRandomness(4);
    const texts = Array.from({ length: 1_500 }, () => sentence(random, 12));
    const before = texts.map((text) => ({ kind: 'paragraph', text }) as const);
    const after = texts.map((text) => ({ kind: 'paragraph', text: `${text} Bis.` }) as const);
    const kinds = new Set(compareTexts(before, after).sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind)));
    expect(kinds).toEqual(new Set(['changed']));
  });
});
