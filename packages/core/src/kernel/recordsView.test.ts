import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { histories, makeReplicas, play, settle, testId } from '../testing/index.ts';
import { compare } from './rank.ts';
import { defineRecordsView } from './recordsView.ts';

const Thing = z.object({ id: z.string(), title: z.string(), rank: z.string() });
const things = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('things');
const define = () =>
  defineRecordsView({
    records: things,
    schema: Thing,
    order: (a, b) => compare(a.rank, b.rank) || compare(a.id, b.id),
    keep: (thing) => thing.title !== 'hidden',
  });
const thingsView = define();

const put = (doc: Y.Doc, id: string, fields: Record<string, unknown>) => {
  const record = new Y.Map<unknown>();
  for (const [key, value] of Object.entries(fields)) record.set(key, value);
  things(doc).set(id, record);
};

const action = fc.record({
  kind: fc.constantFrom('put', 'title', 'rank', 'break', 'delete', 'many'),
  id: fc.nat(8).map((n) => testId<string>(n)),
  text: fc.constantFrom('a', 'b', 'c', 'hidden', 'Z'),
});

describe('records view', () => {
  test('[K7][K8] it shows what reading everything again shows, after any history', () => {
    fc.assert(
      fc.property(histories(action, { replicas: 3 }), (history) => {
        const replicas = makeReplicas(3);
        for (const { doc } of replicas) thingsView(doc).subscribe(() => {});
        play(replicas, history, ({ doc }, { kind, id, text }) => {
          const record = things(doc).get(id);
          if (kind === 'put') put(doc, id, { title: text, rank: text });
          else if (kind === 'delete') things(doc).delete(id);
          else if (kind === 'many')
            doc.transact(() => {
              for (let n = 0; n < 70; n++) put(doc, testId(100 + n), { title: text, rank: String(n % 7) });
            });
          else if (!(record instanceof Y.Map)) return;
          else if (kind === 'break') record.set('title', 12);
          else record.set(kind, text);
        });
        settle(replicas);
        for (const { doc } of replicas) {
          const seen = thingsView(doc).getSnapshot();
          const fresh = define()(doc).getSnapshot();
          expect(seen.items).toEqual(fresh.items);
          expect(seen.unreadable).toBe(fresh.unreadable);
          expect([...seen.byId.keys()].sort()).toEqual([...fresh.byId.keys()].sort());
        }
        expect(thingsView((replicas[0] as (typeof replicas)[0]).doc).getSnapshot().items).toEqual(
          thingsView((replicas[2] as (typeof replicas)[0]).doc).getSnapshot().items,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('[K7] a change of one record leaves the identity of the others', () => {
    const doc = new Y.Doc();
    for (const name of ['a', 'b', 'c']) put(doc, name, { title: name, rank: name });
    const before = thingsView(doc).getSnapshot();
    (things(doc).get('b') as Y.Map<unknown>).set('rank', 'z');
    const after = thingsView(doc).getSnapshot();
    expect(after.items.map((item) => item.id)).toEqual(['a', 'c', 'b']);
    expect(after.byId.get('a')).toBe(before.byId.get('a'));
    expect(after.byId.get('b')).not.toBe(before.byId.get('b'));
    expect(before.items.map((item) => item.id)).toEqual(['a', 'b', 'c']);
  });

  test('[K7] the snapshot is the same object until something changes', () => {
    const doc = new Y.Doc();
    put(doc, 'a', { title: 'a', rank: 'a' });
    expect(thingsView(doc).getSnapshot()).toBe(thingsView(doc).getSnapshot());
  });

  test('[K8] what cannot be parsed is counted and stays in the document', () => {
    const doc = new Y.Doc();
    put(doc, 'good', { title: 'good', rank: 'a' });
    put(doc, 'bad', { title: { not: 'a title' }, rank: 'b' });
    things(doc).set('worse', 'not even a record');
    const { items, unreadable } = thingsView(doc).getSnapshot();
    expect([items.map((item) => item.id), unreadable]).toEqual([['good'], 2]);
    expect(things(doc).size).toBe(3);
  });

  test('[K9] a keystroke in a rich text beside the fields does not notify', () => {
    const doc = new Y.Doc();
    put(doc, 'a', { title: 'a', rank: 'a', body: new Y.XmlFragment() });
    let notified = 0;
    thingsView(doc).subscribe(() => notified++);
    const body = (things(doc).get('a') as Y.Map<unknown>).get('body') as Y.XmlFragment;
    body.insert(0, [new Y.XmlText('hello')]);
    (body.get(0) as Y.XmlText).insert(0, 'x');
    expect(notified).toBe(0);
    (things(doc).get('a') as Y.Map<unknown>).set('title', 'b');
    expect(notified).toBe(1);
  });
});
