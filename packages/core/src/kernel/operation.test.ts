import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { testId } from '../testing/index.ts';
import { metaOf } from './document.ts';
import { historyView } from './history.ts';
import { AccountId, CardId } from './ids.ts';
import { type Author, createRecord, defineOperation, recordOf, setField } from './operation.ts';
import { Refusal } from './refusal.ts';

const author: Author = { by: AccountId.parse('account-1'), at: 5 };
const cards = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cards');
const cardId = testId<CardId>(1);

const create = defineOperation('test.create', z.strictObject({ cardId: CardId, title: z.string() }), (doc, input) => {
  createRecord(cards(doc), input.cardId, { title: input.title });
});
const rename = defineOperation('test.rename', z.strictObject({ cardId: CardId, title: z.string() }), (doc, input) => {
  setField(recordOf(cards(doc), input.cardId), 'title', input.title);
});
const careless = defineOperation('test.careless', z.strictObject({ cardId: CardId }), (doc, input) => {
  setField(recordOf(cards(doc), input.cardId), 'title', 'written too early');
  throw new Refusal('not-found');
});

const refusalOf = (run: () => void): Refusal => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('operation', () => {
  test('[K4] bad input is refused with its place, and the document is byte for byte as before', () => {
    const doc = new Y.Doc();
    create(doc, { cardId, title: 'a' }, author);
    const before = Y.encodeStateAsUpdate(doc);
    const refusal = refusalOf(() => rename(doc, { cardId, title: 3 as unknown as string }, author));
    expect([refusal.code, refusal.details.at]).toEqual(['invalid-input', 'title']);
    expect(refusalOf(() => rename(doc, { cardId: testId(2), title: 'b' }, author)).code).toBe('not-found');
    expect(refusalOf(() => create(doc, { cardId, title: 'b' }, author)).code).toBe('already-exists');
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test('[K4] a refusal after a write is a bug', () => {
    const doc = new Y.Doc();
    create(doc, { cardId, title: 'a' }, author);
    expect(() => careless(doc, { cardId }, author)).toThrow(/bug: test.careless refused/);
  });

  test('[K4] one operation is one update', () => {
    const doc = new Y.Doc();
    let updates = 0;
    doc.on('update', () => updates++);
    create(doc, { cardId, title: 'a' }, author);
    expect(updates).toBe(1);
  });

  test('[K5] each change leaves one line with its author, time, code and target', () => {
    const doc = new Y.Doc();
    create(doc, { cardId, title: 'a' }, author);
    rename(doc, { cardId, title: 'b' }, { ...author, at: 6 });
    expect(historyView(doc).getSnapshot()).toEqual([
      { by: 'account-1', at: 5, code: 'test.create', target: cardId },
      { by: 'account-1', at: 6, code: 'test.rename', target: cardId },
    ]);
  });

  test('[K5] without effect there is no line and no update', () => {
    const doc = new Y.Doc();
    create(doc, { cardId, title: 'a' }, author);
    const before = Y.encodeStateAsUpdate(doc);
    rename(doc, { cardId, title: 'a' }, author);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test('[K5] a document that keeps few lines keeps the newest', () => {
    const doc = new Y.Doc();
    const touch = defineOperation(
      'test.touch',
      z.strictObject({ n: z.number() }),
      (d, { n }) => setField(metaOf(d), 'n', n),
      { keepLines: 3 },
    );
    for (let n = 0; n < 10; n++) touch(doc, { n }, { ...author, at: n });
    expect(
      historyView(doc)
        .getSnapshot()
        .map((line) => line.at),
    ).toEqual([7, 8, 9]);
  });

  test('[K6] a document that asks for a newer reader refuses operations', () => {
    const doc = new Y.Doc();
    metaOf(doc).set('reader', 99);
    expect(refusalOf(() => create(doc, { cardId, title: 'a' }, author)).code).toBe('newer-document');
  });
});
