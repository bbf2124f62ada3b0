import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandomness, sentence } from '../../testing/index.ts';
import { blockText } from '../blockText.ts';
import type { TextBlock, TextBlocks } from '../text.ts';
import { anchorIn } from './anchor.ts';
import { anchorText } from './anchorText.ts';
import { occurrences } from './occurrences.ts';
import { HighlightTarget } from './target.ts';
import { targetAt } from './targetAt.ts';

const paragraph = (text: string): TextBlock => ({ kind: 'paragraph', text });
const article = (number: number): TextBlock => ({ kind: 'heading', level: 2, text: `Article ${number}` });

/** The target of some words, from their first occurrence in a text or from the one after `after`. */
function targetOf(blocks: TextBlocks, words: string, after = '') {
  const text = anchorText(blocks);
  const start = text.text.indexOf(words, text.text.indexOf(after));
  const target = targetAt(text, { start, end: start + words.length });
  if (target === null) throw new Error(`no target for ${words}`);
  return HighlightTarget.parse(target);
}

/** What is found, as words. */
function found(target: HighlightTarget, blocks: TextBlocks) {
  const text = anchorText(blocks);
  const { state, range, candidates } = anchorIn(target, text);
  const words = (at: { start: number; end: number }) => text.text.slice(at.start, at.end);
  return { state, words: range === null ? null : words(range), start: range?.start, candidates: candidates.map(words) };
}

/** Few words, so that everything has look-alikes. */
const repeated = fc.array(fc.stringMatching(/^([ab]{1,2} ){1,8}$/).map(paragraph), { minLength: 1, maxLength: 14 });
const withArticles = repeated.map((blocks) =>
  blocks.flatMap((block, at) => (at % 4 === 0 ? [article(at), block] : [block])),
);

describe('the passage is there', () => {
  test('[H4] an unchanged text is exact, whatever repeats in it', () => {
    fc.assert(
      fc.property(withArticles, fc.nat(), fc.nat(), (blocks, from, length) => {
        const text = anchorText(blocks);
        const start = from % text.text.length;
        const target = targetAt(text, { start, end: start + 1 + (length % 60) });
        if (target === null) return;
        const again = anchorIn(HighlightTarget.parse(target), anchorText(structuredClone(blocks)));
        expect(again).toEqual({
          state: 'exact',
          range: { start: target.position.start, end: target.position.end },
          candidates: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  test('[H5] edits elsewhere move it, and it is found where it is now', () => {
    const texts = fc.array(
      fc.nat().map((seed) => sentence(seededRandomness(seed), 12)),
      { minLength: 6, maxLength: 12 },
    );
    fc.assert(
      fc.property(texts, fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (lines, pick, edits) => {
        const own = 2 + (pick % (lines.length - 4));
        fc.pre(new Set(lines).size === lines.length);
        const blocks = lines.map(paragraph);
        const words = (lines[own] as string).split(' ').slice(2, 9).join(' ');
        const target = targetOf(blocks, words, lines[own]);
        const away = edits.map((edit) => (edit % 2 === 0 ? 0 : lines.length));
        const edited = [...blocks];
        for (const [index, at] of away.entries())
          edited.splice(Math.min(at, edited.length), 0, paragraph(`Ajout ${index}.`));
        const before = away.some((at) => at === 0);
        const text = anchorText(edited).text;
        expect(found(target, edited)).toMatchObject({
          state: before ? 'moved' : 'exact',
          words,
          start: text.indexOf(words, text.indexOf(lines[own] as string)),
        });
      }),
    );
  });

  test('[H5] short words are found by what surrounds them', () => {
    const target = targetOf([article(1), paragraph('Le délai est de deux mois à compter de la demande.')], 'deux mois');
    expect(
      found(target, [
        article(1),
        paragraph('Le silence gardé deux mois vaut rejet.'),
        paragraph('Le délai est de deux mois à compter de la demande.'),
      ]),
    ).toMatchObject({ state: 'moved', words: 'deux mois', start: 65 });
  });

  test('[H5] the legal path decides between two that are surrounded alike', () => {
    const line = paragraph('Le présent article est applicable en Polynésie française.');
    const target = targetOf([article(1), line, article(2), line, article(3), line], 'applicable', 'Article 2');
    const after = [article(1), line, article(2), line, paragraph('Il entre en vigueur demain.'), article(3), line];
    expect(found(target, after)).toMatchObject({ state: 'exact', words: 'applicable' });
    // Only its own article can say it.
    expect(found(target, [article(1), line, article(3), line, article(4), paragraph('Autre chose.')]).state).toBe(
      'uncertain',
    );
  });
});

describe('what says that words found elsewhere are the passage', () => {
  const long = 'vaut décision implicite de rejet de la demande présentée';

  test('[H5] their being the only ones in both texts', () => {
    const target = targetOf([paragraph(`Le silence gardé ${long}, sauf exception.`)], long);
    expect(found(target, [paragraph(`Désormais, ce qui se tait ${long} au préfet.`)])).toMatchObject({
      state: 'moved',
      words: long,
    });
  });

  test('[H5] all that stood around them, where another differs by little', () => {
    const line = (first: string) =>
      paragraph(`${first}, il est dit que le texte applicable ici et là vaut pour tous sans exception.`);
    const blocks = [line('Bref'), line('Puis')];
    const target = targetOf(blocks, 'applicable', 'Puis');
    const after = [paragraph('Un ajout.'), ...blocks];
    expect(found(target, after)).toMatchObject({
      state: 'moved',
      start: anchorText(after).text.lastIndexOf('applicable'),
    });
  });

  test('[H6] not their being the only ones left, where they were said twice', () => {
    const [first, second] = [
      paragraph(`Le silence gardé par le maire ${long}, sauf exception.`),
      paragraph(`En matière de permis, l’inaction ${long} au préfet.`),
    ];
    const target = targetOf([article(1), first, article(2), second], long);
    expect(found(target, [paragraph('Titre'), second])).toMatchObject({ state: 'uncertain', candidates: [long] });
  });

  test('[H6] not two signs that point to two places', () => {
    const before = [article(1), paragraph('Le maire se prononce dans un délai de deux mois sur la demande de permis.')];
    const target = targetOf(before, 'deux mois');
    const after = [
      article(1),
      paragraph('Il statue sous deux mois.'),
      article(2),
      paragraph('Le préfet se prononce dans un délai de deux mois après la transmission.'),
    ];
    expect(found(target, after)).toMatchObject({ state: 'uncertain', candidates: ['deux mois', 'deux mois'] });
  });
});

describe('a look-alike is there', () => {
  /** Everything but one block and what stands right around it. */
  const cut = (blocks: TextBlocks, own: number) =>
    blocks.filter((block, at) => Math.abs(at - own) > 2 || block.kind === 'heading');

  test('[H6] one that outlives the passage is never taken for it', () => {
    fc.assert(
      fc.property(withArticles, fc.nat(), (blocks, pick) => {
        const own = pick % blocks.length;
        if (blocks[own]?.kind === 'heading') return;
        const text = anchorText(blocks);
        const start = text.starts[own] as number;
        const target = targetAt(text, { start, end: start + blockText(blocks[own] as TextBlock).length });
        if (target === null || target.source.rival === null) return;
        // One that moves up to the same place under the same heading is the passage, for any reader.
        if (target.path !== null && !target.source.aloneInPath) return;
        const left = cut(blocks, own);
        const { state, words } = found(target, left);
        expect(['uncertain', 'orphan', 'changed']).toContain(state);
        expect(words).not.toBe(target.quote.exact);
      }),
      { numRuns: 500 },
    );
  });

  test('[H4][H6] one of several equal ones is exact where nothing changed, else uncertain, and each is shown', () => {
    const line = paragraph('Néant.');
    const blocks = [paragraph('Titre'), line, line, line, line, line, line, line, line, line, line, line, line];
    // Far enough from both ends for its context to be the same as its neighbours'.
    const start = 'Titre\n'.length + 6 * 'Néant.\n'.length;
    const target = targetAt(anchorText(blocks), { start, end: start + 'Néant'.length }) as HighlightTarget;
    expect(found(target, blocks).state).toBe('exact');
    const shorter = found(target, blocks.slice(0, -1));
    expect(shorter.state).toBe('uncertain');
    expect(shorter.candidates).toEqual(['Néant', 'Néant', 'Néant', 'Néant', 'Néant']);
  });

  test('[H6] the same words in another article are not the passage whose own have changed', () => {
    const before = [
      article(1),
      paragraph('Le maire se prononce dans un délai de deux mois sur le permis de construire.'),
      article(2),
      paragraph('Le préfet statue sur le recours dans un délai de deux mois après transmission.'),
    ];
    const target = targetOf(before, 'dans un délai de deux mois');
    const after = [
      article(1),
      paragraph('Le maire se prononce dans un délai de trois mois sur le permis de construire.'),
      ...before.slice(2),
    ];
    expect(found(target, after)).toMatchObject({ state: 'changed', words: 'dans un délai de trois mois' });
    expect(found(target, before.slice(2)).state).toBe('uncertain');
  });
});

describe('the passage is not there as it was', () => {
  const text = (middle: string) => [
    article(1),
    paragraph(`L’autorité compétente accuse réception de la demande. ${middle} Le dossier est réputé complet ensuite.`),
  ];
  const passage = 'Elle indique au demandeur le délai au terme duquel une décision implicite naît.';

  test('[H7] what it became is found, with what was added at its ends', () => {
    const target = targetOf(text(passage), passage);
    const now =
      'Elle précise au demandeur le délai au terme duquel une décision implicite d’acceptation naît en principe.';
    expect(found(target, text(now))).toMatchObject({ state: 'changed', words: now });
  });

  test('[H7] a passage that is gone is an orphan, whatever stays around it', () => {
    const target = targetOf(text(passage), passage);
    expect(found(target, text('')).state).toBe('orphan');
    expect(found(target, [paragraph('Tout autre chose.')]).state).toBe('orphan');
    expect(found(target, []).state).toBe('orphan');
  });

  test('[H7] a passage over several paragraphs is found again', () => {
    const random = seededRandomness(3);
    const blocks = Array.from({ length: 9 }, () => paragraph(sentence(random, 20)));
    const words = blocks.slice(3, 6).map(blockText).join('\n');
    const target = targetOf(blocks, words);
    const after = blocks.with(4, paragraph(`${sentence(random, 3)} ${blockText(blocks[4] as TextBlock)}`));
    const now = after.slice(3, 6).map(blockText).join('\n');
    expect(found(target, [paragraph('Neuf.'), ...after])).toMatchObject({ state: 'changed', words: now });
  });
});

describe('any text, any passage', () => {
  test('[H8] occurrences are those of a search from each place, overlapping ones too', () => {
    const letters = fc.stringMatching(/^[ab]{0,30}$/);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab]{1,4}$/), (within, passage) => {
        const naive = [...within].flatMap((_, at) => (within.startsWith(passage, at) ? [at] : []));
        expect(occurrences(within, passage)).toEqual(naive);
      }),
    );
  });

  test('[H8] a long passage in a huge text of the same letter is answered', () => {
    const blocks = Array.from({ length: 20 }, () => paragraph('a'.repeat(200_000)));
    const text = anchorText(blocks);
    const target = targetAt(text, { start: 1_000_000, end: 1_010_000 });
    expect(target?.source.rival).toBe(64);
    expect(anchorIn(target as HighlightTarget, anchorText([...blocks, paragraph('b')])).state).toBe('uncertain');
  });

  test('[H3] no passage is made of spaces alone, or is longer than the bound', () => {
    const text = anchorText([paragraph(`  \n ${'mot '.repeat(6_000)}`)]);
    expect(targetAt(text, { start: 0, end: 4 })).toBeNull();
    expect(targetAt(text, { start: 0, end: text.text.length })).toBeNull();
    expect(targetAt(text, { start: 0, end: 8 })?.quote.exact).toBe('mot');
  });
});
