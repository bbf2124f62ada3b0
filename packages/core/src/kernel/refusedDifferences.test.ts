import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { changedRecords } from './changedRecords.ts';
import { applyDifferences } from './differences.ts';
import type { AccountId } from './ids.ts';
import { refusedDifferences } from './refusedDifferences.ts';

const author = { by: 'me' as AccountId, at: 5 };

/** A server's document, a device's copy of it, and what the device wrote since. */
function refused(edit: (draft: Y.Doc) => void) {
  const server = new Y.Doc();
  const cards = server.getMap('cards');
  for (const [id, title] of [
    ['a', 'Convocation'],
    ['b', 'Budget'],
    ['c', 'Visa'],
  ] as const) {
    const card = new Y.Map<unknown>();
    cards.set(id, card);
    card.set('title', title);
    card.set('due', null);
    card.set('body', new Y.Text('Le texte de départ.'));
  }
  const draft = new Y.Doc();
  Y.applyUpdate(draft, Y.encodeStateAsUpdate(server));
  const updates: Uint8Array[] = [];
  draft.on('update', (update: Uint8Array) => updates.push(update));
  edit(draft);
  return { server, draft, edits: Y.mergeUpdates(updates) };
}

const cardOf = (doc: Y.Doc, id: string) => doc.getMap('cards').get(id) as Y.Map<unknown>;

test('[P46] what the refused edits set, wrote into a text, added and took away; and nothing else', () => {
  const { server, draft, edits } = refused((doc) => {
    cardOf(doc, 'a').set('title', 'Convocation du comité');
    (cardOf(doc, 'b').get('body') as Y.Text).insert(9, 'neuf ');
    cardOf(doc, 'b').delete('due');
    const card = new Y.Map<unknown>();
    doc.getMap('cards').set('d', card);
    card.set('title', 'Nouvelle');
  });
  // Others went on.
  cardOf(server, 'c').set('title', 'Visa obtenu');
  cardOf(server, 'a').set('due', '2026-12-01');
  const theirs = new Y.Map<unknown>();
  server.getMap('cards').set('e', theirs);
  theirs.set('title', 'D’une collègue');

  const differences = refusedDifferences(server, draft, edits);
  expect(differences.map(({ kind, path }) => `${kind} ${path.join('/')}`).sort()).toEqual([
    'added cards/d',
    'changed cards/a/title',
    'changed cards/b/body',
    'removed cards/b/due',
  ]);
  server.transact(() => applyDifferences(server, differences, { author }));
  expect(cardOf(server, 'a').toJSON()).toMatchObject({ title: 'Convocation du comité', due: '2026-12-01' });
  expect(String(cardOf(server, 'b').get('body'))).toBe(String(cardOf(draft, 'b').get('body')));
  expect(cardOf(server, 'c').get('title')).toBe('Visa obtenu');
  expect(cardOf(server, 'd').get('title')).toBe('Nouvelle');
  expect(cardOf(server, 'e').get('title')).toBe('D’une collègue');
  expect(refusedDifferences(server, draft, edits).filter(({ path }) => path[1] !== 'b')).toEqual([]);
});

test('[P46] they are told record by record, with what a person reads', () => {
  const { server, draft, edits } = refused((doc) => {
    cardOf(doc, 'a').set('title', 'Convocation du comité');
    cardOf(doc, 'a').set('due', '2026-12-02');
    cardOf(doc, 'b').set('trashed', { by: 'me', at: 1 });
    const card = new Y.Map<unknown>();
    doc.getMap('cards').set('d', card);
    card.set('title', 'Nouvelle');
  });
  const records = changedRecords(refusedDifferences(server, draft, edits), [server, draft]);
  expect(records.map(({ root, id, title, how }) => [root, id, title, how])).toEqual([
    ['cards', 'a', 'Convocation', 'changed'],
    ['cards', 'b', 'Budget', 'trashed'],
    ['cards', 'd', 'Nouvelle', 'added'],
  ]);
  expect(records[0]?.fields).toMatchObject([
    { name: 'title', before: 'Convocation', after: 'Convocation du comité' },
    { name: 'due', before: null, after: '2026-12-02' },
  ]);
  expect(records[1]?.fields).toEqual([]);
});

test('[P46] a text that was written in is one field, as plain text', () => {
  const { server, draft, edits } = refused((doc) => (cardOf(doc, 'c').get('body') as Y.Text).delete(0, 3));
  const [record] = changedRecords(refusedDifferences(server, draft, edits), [server, draft]);
  expect(record?.fields).toMatchObject([
    { name: 'body', part: null, before: 'Le texte de départ.', after: 'texte de départ.' },
  ]);
});
