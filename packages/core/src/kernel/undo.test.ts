import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { makeReplicas, settle } from '../testing/index.ts';
import { historyView } from './history.ts';
import { createRecord, defineOperation, recordOf, setField } from './operation.ts';
import { makeUndo } from './undo.ts';

const fields = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('fields');
const setText = defineOperation('test.set', z.strictObject({ key: z.string(), text: z.string() }), (doc, input) => {
  setField(fields(doc), input.key, input.text);
});

test('[K10] undo takes back one’s own operation and nobody else’s, and says so in the history', () => {
  const [amira, benoit] = makeReplicas(2) as [ReturnType<typeof makeReplicas>[0], ReturnType<typeof makeReplicas>[0]];
  const undo = makeUndo(amira.doc, [fields(amira.doc)]);
  setText(amira.doc, { key: 'a', text: 'amira' }, amira.author);
  settle([amira, benoit]);
  setText(benoit.doc, { key: 'b', text: 'benoit' }, benoit.author);
  settle([amira, benoit]);

  expect(undo.getSnapshot()).toEqual({ canUndo: true, canRedo: false });
  expect(undo.undo(amira.author)).toBe(true);
  expect(fields(amira.doc).toJSON()).toEqual({ b: 'benoit' });
  expect(undo.undo(amira.author)).toBe(false);
  expect(undo.redo(amira.author)).toBe(true);
  settle([amira, benoit]);
  expect(fields(benoit.doc).toJSON()).toEqual({ a: 'amira', b: 'benoit' });
  expect(
    historyView(benoit.doc)
      .getSnapshot()
      .map((line) => line.code),
  ).toEqual(['test.set', 'test.set', 'document.undo', 'document.redo']);
});

test('[K10] two operations in one moment are two steps', () => {
  const doc = new Y.Doc();
  const author = makeReplicas(1)[0]?.author;
  if (!author) throw new Error('no author');
  const undo = makeUndo(doc, [fields(doc)]);
  setText(doc, { key: 'a', text: '1' }, author);
  setText(doc, { key: 'a', text: '2' }, author);
  undo.undo(author);
  expect(fields(doc).get('a')).toBe('1');
});

const records = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('records');
const create = defineOperation(
  'test.create',
  z.strictObject({ recordId: z.string() }),
  (doc, { recordId }) => {
    createRecord(records(doc), recordId, { text: new Y.XmlFragment() });
  },
  { takeBack: (doc, { recordId }) => setField(recordOf(records(doc), recordId), 'trashed', true) },
);

test('[K16] a creation that says how it is taken back keeps what others wrote in the record', () => {
  const [amira, benoit] = makeReplicas(2) as [ReturnType<typeof makeReplicas>[0], ReturnType<typeof makeReplicas>[0]];
  const undo = makeUndo(amira.doc, [fields(amira.doc), records(amira.doc)]);
  setText(amira.doc, { key: 'a', text: '1' }, amira.author);
  create(amira.doc, { recordId: 'r' }, amira.author);
  settle([amira, benoit]);
  const text = recordOf(records(benoit.doc), 'r').get('text') as Y.XmlFragment;
  text.insert(0, [new Y.XmlText('three pages')]);
  settle([amira, benoit]);

  const content = () => records(benoit.doc).toJSON();
  expect(undo.undo(amira.author)).toBe(true);
  settle([amira, benoit]);
  expect(content()).toEqual({ r: { text: 'three pages', trashed: true } });
  expect(undo.redo(amira.author)).toBe(true);
  settle([amira, benoit]);
  expect(content()).toEqual({ r: { text: 'three pages' } });
  expect(undo.undo(amira.author)).toBe(true);
  settle([amira, benoit]);
  expect(content()).toEqual({ r: { text: 'three pages', trashed: true } });
  // What has nothing left to take back does not use up a step.
  create(amira.doc, { recordId: 's' }, amira.author);
  setField(recordOf(records(amira.doc), 's'), 'trashed', true);
  expect(fields(amira.doc).toJSON()).toEqual({ a: '1' });
  expect(undo.undo(amira.author)).toBe(true);
  expect(fields(amira.doc).toJSON()).toEqual({});
});

test('[K16] undo that finds a step overwritten takes back the one before by its own way', () => {
  const [amira, benoit] = makeReplicas(2) as [ReturnType<typeof makeReplicas>[0], ReturnType<typeof makeReplicas>[0]];
  const undo = makeUndo(amira.doc, [fields(amira.doc), records(amira.doc)]);
  create(amira.doc, { recordId: 'r' }, amira.author);
  setText(amira.doc, { key: 'a', text: 'amira' }, amira.author);
  settle([amira, benoit]);
  setText(benoit.doc, { key: 'a', text: 'benoit' }, benoit.author);
  settle([amira, benoit]);
  expect(undo.undo(amira.author)).toBe(true);
  expect(records(amira.doc).toJSON()).toEqual({ r: { text: '', trashed: true } });
  expect(fields(amira.doc).toJSON()).toEqual({ a: 'benoit' });
  expect(undo.getSnapshot().canUndo).toBe(false);
});

test('[K10] undoing a value that a colleague also set at once never leaves the field empty', () => {
  const replicas = makeReplicas(2) as [ReturnType<typeof makeReplicas>[0], ReturnType<typeof makeReplicas>[0]];
  const [amira, benoit] = replicas;
  setText(amira.doc, { key: 'place', text: 'column 1' }, amira.author);
  settle(replicas);
  const undos = replicas.map(({ doc }) => makeUndo(doc, [fields(doc)]));
  setText(amira.doc, { key: 'place', text: 'column 2' }, amira.author);
  setText(benoit.doc, { key: 'place', text: 'column 3' }, benoit.author);
  settle(replicas);
  for (const [n, undo] of undos.entries()) {
    undo.undo((replicas[n] as (typeof replicas)[0]).author);
    settle(replicas);
    for (const { doc } of replicas) expect(fields(doc).get('place')).toBe('column 3');
  }
});

test('[K10] undoing a value in a field that was empty leaves it empty', () => {
  const [amira] = makeReplicas(1) as [ReturnType<typeof makeReplicas>[0]];
  const clear = defineOperation('test.clear', z.strictObject({ key: z.string() }), (doc, { key }) => {
    setField(fields(doc), key, undefined);
  });
  setText(amira.doc, { key: 'due', text: 'monday' }, amira.author);
  clear(amira.doc, { key: 'due' }, amira.author);
  const undo = makeUndo(amira.doc, [fields(amira.doc)]);
  setText(amira.doc, { key: 'due', text: 'friday' }, amira.author);
  undo.undo(amira.author);
  expect(fields(amira.doc).has('due')).toBe(false);
  undo.redo(amira.author);
  expect(fields(amira.doc).get('due')).toBe('friday');
});
