// @vitest-environment node
// A worker has no page either; and jsdom’s Uint8Array is not the one that structured clones are made of.
import { addHighlight, addNote, type HighlightId, type NoteId } from '@liasse/core';
import { testId } from '@liasse/core/testing';
import { describe, expect, test } from 'vitest';
import { dossierId, keyAt, makeDossier, pieceAt, rank, room } from '../testing/searchDossier.ts';

describe('answers', () => {
  test('[X17] the first results come first, and of an earlier query nothing comes after', async () => {
    const device = await makeDossier(Array.from({ length: 30 }, (_, n) => `Un décret ${n}.`));
    const search = device.search();
    await search.ready();
    search.said.length = 0;
    search.ask(1, { typed: 'dec' });
    search.ask(2, { typed: 'decret' });
    await device.settle();
    const order = search.said.map((message) => [message.kind, 'id' in message ? message.id : 0]);
    expect(order.slice(0, 3)).toEqual([
      ['first', 1],
      ['first', 2],
      ['all', 2],
    ]);
    expect(order.filter(([, id]) => id === 1)).toHaveLength(1);
    const sizes = search.said.map((message) => ('hits' in message ? message.hits.length : 0));
    expect(sizes.slice(1, 3)).toEqual([20, 30]);
  });

  test('[X7] a phrase is verified on the texts', async () => {
    const device = await makeDossier(['La durée d’utilité administrative.', 'L’utilité de la durée.']);
    const search = device.search();
    await search.ready();
    expect(await search.find('durée utilité')).toHaveLength(2);
    expect(await search.find('« durée d’utilité »')).toEqual([keyAt(0)]);
    expect(await search.find('"subventions 2026"')).toEqual([`dossier/${dossierId}`]);
  });

  test('[X7] words that follow one another in what was written beside a passage are a phrase too', async () => {
    const device = await makeDossier(['Le préfet décrète.', 'À citer, puis au comité.']);
    const target = {
      quote: { exact: 'décrète', prefix: '', suffix: '' },
      position: { start: 10, end: 17 },
      path: null,
      source: { digest: '0'.repeat(16), rival: null, aloneInPath: false },
    };
    const highlight = { pieceId: pieceAt(0), highlightId: testId<HighlightId>(8), target };
    await device.run(room, addHighlight, { ...highlight, comment: 'À citer au comité' });
    const search = device.search();
    await search.ready();
    expect(await search.find('citer comité')).toHaveLength(2);
    expect(await search.find('« citer au comité »')).toEqual([keyAt(0)]);
  });

  test('[X10] snippets are made of the results that are shown, and of no other', async () => {
    const device = await makeDossier(Array.from({ length: 30 }, (_, n) => `Un décret ${n}.`));
    const search = device.search();
    await search.ready();
    search.said.length = 0;
    await search.find('decret', { limit: 5 });
    await device.settle();
    const shown = search.said.findLast((message) => message.kind === 'all');
    const made = search.said.flatMap((message) => (message.kind === 'snippets' ? message.snippets : []));
    expect(made.map(({ key }) => key)).toEqual(shown?.kind === 'all' ? shown.hits.map(({ key }) => key) : null);
    expect(made).toHaveLength(5);
  });

  test('[X12] counts say what each filter would leave', async () => {
    const device = await makeDossier(['Un décret.', 'Un décret.']);
    await device.run(room, addNote, { noteId: testId<NoteId>(9), rank, title: 'Décret à relire' });
    const search = device.search();
    await search.ready();
    await search.find('decret', { filters: { kind: 'note', group: null, year: null, trashed: false } });
    const all = search.said.findLast((message) => message.kind === 'all');
    expect(all?.kind === 'all' && all.counts).toMatchObject({
      total: 1,
      trashed: 0,
      kinds: expect.arrayContaining([expect.objectContaining({ value: 'piece', count: 2 })]),
      groups: [{ value: `dossier/${dossierId}`, label: 'Subventions 2026', count: 1 }],
    });
  });

  test('[X18] while it indexes it says how far it is, and then that it is ready', async () => {
    const device = await makeDossier(['Un décret.']);
    const search = device.search();
    await search.ready();
    const states = search.said.flatMap((message) => (message.kind === 'state' ? message.state : []));
    expect(states).toEqual([
      { kind: 'indexing', done: 0, total: 2 },
      { kind: 'indexing', done: 1, total: 2 },
      { kind: 'ready' },
    ]);
  });
});
