import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { makeReplicas, settle, type TestReplica, testId } from '../testing/index.ts';
import { bornFromFixedUpdate } from './birth.ts';
import { defineOperation, recordOf, setField } from './operation.ts';
import { defineRecordsView } from './recordsView.ts';
import { makeUndo } from './undo.ts';

const things = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('things');
const id = testId<string>(7);
const Thing = z.object({ id: z.string(), title: z.string() });
const thingsView = defineRecordsView({ records: things, schema: Thing, order: () => 0 });

const name = defineOperation('test.name', z.strictObject({ key: z.string(), text: z.string() }), (doc, input) => {
  setField(bornFromFixedUpdate(things(doc), id, ['people']), input.key, input.text);
});

const two = (): [TestReplica, TestReplica] => makeReplicas(2) as [TestReplica, TestReplica];
const titles = ({ doc }: TestReplica) =>
  thingsView(doc)
    .getSnapshot()
    .items.map((item) => item.title);

test('[K13] two devices that create the same derived record at once keep what both wrote in it', () => {
  const [amira, benoit] = two();
  name(amira.doc, { key: 'title', text: 'Décision 3' }, amira.author);
  name(benoit.doc, { key: 'colour', text: 'blue' }, benoit.author);
  ((things(benoit.doc).get(id) as Y.Map<unknown>).get('people') as Y.Map<unknown>).set('benoit', true);
  settle([amira, benoit]);
  const expected = { title: 'Décision 3', colour: 'blue', people: { benoit: true } };
  for (const { doc } of [amira, benoit]) expect(things(doc).get(id)).toHaveProperty('size', 3);
  for (const { doc } of [amira, benoit]) expect(things(doc).toJSON()).toEqual({ [id]: expected });
});

test('[K13] the birth is the update that a document of its own would make', () => {
  const scratch = new Y.Doc();
  const born = new Y.Doc();
  bornFromFixedUpdate(things(born), id, ['people']);
  const [client] = [...born.store.clients.keys()];
  expect(client).toBeGreaterThan(2 ** 32);
  scratch.clientID = client as number;
  things(scratch).set(id, new Y.Map([['people', new Y.Map()]]));
  expect(Y.encodeStateAsUpdate(born)).toEqual(Y.encodeStateAsUpdate(scratch));
  expect(Y.encodeStateAsUpdateV2(born)).toEqual(Y.encodeStateAsUpdateV2(scratch));
});

test('[K13] undo takes back fields, never the birth that others share; a record without a field is absent', () => {
  const [amira, benoit] = two();
  const undo = makeUndo(amira.doc, [things(amira.doc)]);
  name(amira.doc, { key: 'title', text: 'amira' }, amira.author);
  expect(titles(amira)).toEqual(['amira']);
  undo.undo(amira.author);
  expect(thingsView(amira.doc).getSnapshot()).toMatchObject({ items: [], unreadable: 0 });
  expect(() => recordOf(things(amira.doc), id)).toThrow('not-found');

  name(benoit.doc, { key: 'title', text: 'benoit' }, benoit.author);
  settle([amira, benoit]);
  expect([titles(amira), titles(benoit)]).toEqual([['benoit'], ['benoit']]);
});

test('[K15] a birth is in the operation’s own update, and what waited for it is not taken for this page’s own', () => {
  const [amira, benoit] = two();
  name(benoit.doc, { key: 'title', text: 'benoit' }, benoit.author);
  const state = Y.encodeStateVector(benoit.doc);
  name(benoit.doc, { key: 'colour', text: 'blue' }, benoit.author);
  // Amira has the second edit, which waits for the first.
  Y.applyUpdate(amira.doc, Y.encodeStateAsUpdate(benoit.doc, state), 'delivery');

  const updates: Uint8Array[] = [];
  amira.doc.on('update', (update) => updates.push(update));
  const undo = makeUndo(amira.doc, [things(amira.doc)]);
  const self = amira.doc.clientID;
  name(amira.doc, { key: 'note', text: 'amira' }, amira.author);
  expect(updates).toHaveLength(1);
  expect(amira.doc.clientID).toBe(self);

  settle([amira, benoit]);
  undo.undo(amira.author);
  settle([amira, benoit]);
  for (const { doc } of [amira, benoit])
    expect(things(doc).toJSON()).toEqual({ [id]: { title: 'benoit', colour: 'blue', people: {} } });
});
