import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeReplicas, settle } from '../testing/index.ts';
import { bornFromFixedUpdate } from './birth.ts';
import { type Content, madeOf } from './content.ts';
import { applyDifferences, Difference, differencesBetween, inverseOf } from './differences.ts';
import { AccountId } from './ids.ts';

const author = { by: AccountId.parse('account-ines'), at: 1_700_000_000_000 };

/** Enough for each of the planted bugs to be found. */
const RUNS = { numRuns: 80 };

const json = fc
  .oneof(fc.string(), fc.integer(), fc.constantFrom(null, true, ['a', 1], { b: { c: [] } }, {}))
  .map((value): Content => ({ kind: 'value', value }));
const runs = fc.array(
  fc.record({
    insert: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), fc.constant({ image: 'a' })),
    attributes: fc.oneof(fc.constant({}), fc.constant({ bold: true }), fc.constant({ link: { href: 'x' } })),
  }),
  { maxLength: 4 },
);
const text = runs.map((all): Content => ({ kind: 'text', runs: all }));
const { node } = fc.letrec<{ node: Content }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    text,
    fc.record({
      kind: fc.constant('element' as const),
      name: fc.constantFrom('paragraph', 'heading'),
      attributes: fc.dictionary(fc.constantFrom('level', 'align'), fc.constantFrom<unknown>(1, 'left', { a: 1 })),
      nodes: fc.array(tie('node'), { maxLength: 3 }),
    }),
  ),
}));
const fragment = fc.array(node, { maxLength: 4 }).map((nodes): Content => ({ kind: 'fragment', nodes }));
const list = fc.array(json, { maxLength: 4 }).map((items): Content => ({ kind: 'list', items }));
const key = fc.constantFrom('title', 'rank', 'people', 'body', 'é');
const { field } = fc.letrec<{ field: Content }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 2 },
    json,
    text,
    list,
    fragment,
    fc.dictionary(key, tie('field')).map((entries): Content => ({ kind: 'map', entries })),
  ),
}));
const record = fc.dictionary(key, field).map(
  (entries): Content => ({
    kind: 'map',
    entries: { ...entries, made: { kind: 'value', value: 1 } },
  }),
);

/** The parts of a document, each one alone, so that two documents have some of them alike. */
const parts = fc.record(
  {
    a: record,
    b: record,
    c: record,
    fact: json,
    body: fragment,
    words: text,
    lines: list,
  },
  { requiredKeys: [] },
);
type Parts = Partial<Record<'a' | 'b' | 'c' | 'fact' | 'body' | 'words' | 'lines', Content>>;

function documentOf({ a, b, c, fact, body, words, lines }: Parts): Y.Doc {
  const doc = new Y.Doc();
  for (const [id, content] of Object.entries({ a, b, c })) {
    if (content !== undefined) doc.getMap('records').set(id, madeOf(content));
  }
  if (fact !== undefined) doc.getMap('facts').set('fact', madeOf(fact));
  if (body?.kind === 'fragment') {
    const holder = new Y.Map([['body', madeOf(body)]]);
    doc.getMap('scratch').set('holder', holder);
    doc.getXmlFragment('body').insert(
      0,
      (holder.get('body') as Y.XmlFragment).toArray().map((child) => child.clone() as Y.XmlElement),
    );
    doc.getMap('scratch').delete('holder');
  }
  if (words?.kind === 'text') doc.getText('words').applyDelta(structuredClone([...words.runs]));
  if (lines?.kind === 'list') doc.getArray('lines').insert(0, lines.items.map(madeOf));
  return doc;
}

/** What one sees of a document, read by other means than the differences are. */
function seen(doc: Y.Doc) {
  const records = doc.getMap('records');
  return {
    records: Object.fromEntries([...records].map(([id, one]) => [id, asJson(one)])),
    facts: doc.getMap('facts').toJSON(),
    body: doc.getXmlFragment('body').toArray().map(asJson),
    words: asJson(doc.getText('words')),
    lines: doc.getArray('lines').toJSON(),
  };
}

function asJson(value: unknown): unknown {
  if (value instanceof Y.XmlElement) return [value.nodeName, value.getAttributes(), value.toArray().map(asJson)];
  if (value instanceof Y.XmlFragment) return value.toArray().map(asJson);
  if (value instanceof Y.Text) return charactersOf(value);
  if (value instanceof Y.Map) return Object.fromEntries([...value].map(([name, inner]) => [name, asJson(inner)]));
  return value instanceof Y.AbstractType ? value.toJSON() : value;
}

const charactersOf = (text: Y.Text): unknown[] =>
  text
    .toDelta()
    .flatMap(({ insert, attributes = {} }: { insert: unknown; attributes?: object }) =>
      typeof insert === 'string' ? [...insert].map((one) => [one, attributes]) : [[insert, attributes]],
    );

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

/** As across a disk or a wire. */
const sent = (differences: readonly Difference[]): Difference[] =>
  differences.map((one) => Difference.parse(structuredClone(one)));

const twoDocuments = fc
  .tuple(parts, parts, fc.subarray(['a', 'b', 'c', 'fact', 'body', 'words', 'lines'] as const))
  .map(([from, to, alike]) => ({
    from,
    to: { ...to, ...Object.fromEntries(alike.map((name) => [name, from[name]])) } as Parts,
  }));

describe('differences between two documents', () => {
  test('[P60] applied to the first, they make it show what the second shows', () => {
    fc.assert(
      fc.property(twoDocuments, ({ from, to }) => {
        const [doc, wanted] = [documentOf(from), documentOf(to)];
        applyDifferences(doc, sent(differencesBetween(copyOf(doc), copyOf(wanted))), { author });
        const [got, asked] = [seen(doc), seen(wanted)];
        for (const [id, one] of Object.entries(got.records)) {
          if (!(id in asked.records)) expect(one).toHaveProperty('trashed', author);
        }
        const still = Object.fromEntries(Object.entries(got.records).filter(([id]) => id in asked.records));
        const facts = Object.fromEntries(Object.entries(got.facts).filter(([id]) => id in asked.facts));
        expect({ ...got, records: still, facts }).toEqual(asked);
        expect(Object.keys(got.facts)).toEqual(Object.keys(asked.facts));
        expect(differencesBetween(doc, wanted)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('[P60] what is the same in both is not written: what others write there at once stays', () => {
    fc.assert(
      fc.property(twoDocuments, fc.string(), ({ from, to }, typed) => {
        const [doc, wanted] = [documentOf(from), documentOf(to)];
        const colleague = copyOf(doc);
        // In a record that both have alike, and in a field that neither has.
        const alike = ['a', 'b', 'c'].filter(
          (id) => from[id as 'a'] !== undefined && from[id as 'a'] === to[id as 'a'],
        );
        for (const id of alike) (colleague.getMap('records').get(id) as Y.Map<unknown>).set('made', typed);
        for (const id of ['a', 'b', 'c'])
          (colleague.getMap('records').get(id) as Y.Map<unknown> | undefined)?.set('new', typed);
        applyDifferences(doc, differencesBetween(doc, wanted), { author });
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague));
        for (const [id, one] of doc.getMap('records')) {
          if (id in seen(colleague).records) expect((one as Y.Map<unknown>).get('new')).toBe(typed);
          if (alike.includes(id)) expect((one as Y.Map<unknown>).get('made')).toBe(typed);
        }
      }),
      RUNS,
    );
  });

  test('[P60] a colleague’s words in another paragraph stay, and in what stayed the same of a changed one', () => {
    const paragraph = (words: string): Content => ({
      kind: 'element',
      name: 'paragraph',
      attributes: {},
      nodes: [{ kind: 'text', runs: [{ insert: words, attributes: {} }] }],
    });
    const body = (...all: string[]): Parts => ({
      a: { kind: 'map', entries: { body: { kind: 'fragment', nodes: all.map(paragraph) } } },
    });
    const doc = documentOf(body('one', 'two', 'three days'));
    const colleague = copyOf(doc);
    const bodyOf = (of: Y.Doc) => (of.getMap('records').get('a') as Y.Map<unknown>).get('body') as Y.XmlFragment;
    ((bodyOf(colleague).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(3, ' and a half');
    ((bodyOf(colleague).get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'not ');
    ((bodyOf(colleague).get(2) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'about ');
    applyDifferences(doc, differencesBetween(doc, documentOf(body('one', 'two', 'three weeks', 'four'))), { author });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague));
    expect(bodyOf(doc).toString()).toBe(
      '<paragraph>one and a half</paragraph><paragraph>not two</paragraph><paragraph>about three weeks</paragraph><paragraph>four</paragraph>',
    );
  });

  test('[P60] finding them writes nothing, and where there are none nothing is written', () => {
    fc.assert(
      fc.property(twoDocuments, ({ from, to }) => {
        const [doc, wanted] = [documentOf(from), documentOf(to)];
        const before = Y.encodeStateAsUpdate(doc);
        const found = differencesBetween(doc, wanted);
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
        applyDifferences(doc, found, { author });
        const after = Y.encodeStateAsUpdate(doc);
        applyDifferences(doc, found, { author });
        expect(Y.encodeStateAsUpdate(doc)).toEqual(after);
      }),
      RUNS,
    );
  });

  test('[P60] the history is no content, and a root that nobody settled stays unsettled', () => {
    const [doc, wanted] = [new Y.Doc(), new Y.Doc()];
    wanted.getArray('history').push(['line']);
    doc.getArray('lines').push([1]);
    doc.getArray('lines').delete(0, 1);
    const copy = copyOf(doc);
    expect(differencesBetween(copy, wanted)).toEqual([]);
    expect(copy.getText('lines').length).toBe(0);
  });

  test('[P61] a record that is lacking goes to the trash with what a colleague wrote in it; one in the trash is no difference', () => {
    const doc = documentOf({ a: { kind: 'map', entries: { title: { kind: 'value', value: 'A' } } } });
    const colleague = copyOf(doc);
    (colleague.getMap('records').get('a') as Y.Map<unknown>).set('title', 'B');
    applyDifferences(doc, differencesBetween(doc, new Y.Doc()), { author });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague));
    expect(seen(doc).records.a).toEqual({ title: 'B', trashed: author });
    expect(differencesBetween(doc, new Y.Doc())).toEqual([]);
    const other = copyOf(doc);
    (other.getMap('records').get('a') as Y.Map<unknown>).set('trashed', { by: 'paul', at: 1 });
    expect(differencesBetween(doc, other)).toEqual([]);
  });

  test('[P61] a record comes with its nested maps in one update; two devices making one of a derived id make one', () => {
    const wanted = new Y.Doc();
    const born = bornFromFixedUpdate(wanted.getMap('records'), 'derived', ['people']);
    born.set('title', 'Decision');
    (born.get('people') as Y.Map<unknown>).set('ines', true);
    const differences = differencesBetween(new Y.Doc(), wanted);
    const replicas = makeReplicas(2);
    const derived = (_root: string, id: string) => (id === 'derived' ? ['people'] : null);
    replicas.forEach(({ doc }, index) => {
      let updates = 0;
      doc.on('update', () => {
        updates += 1;
      });
      applyDifferences(doc, differences, { author, derived });
      expect(updates).toBe(1);
      const record = doc.getMap('records').get('derived') as Y.Map<unknown>;
      (record.get('people') as Y.Map<unknown>).set(`person ${index}`, true);
    });
    settle(replicas);
    for (const { doc } of replicas) {
      expect(seen(doc).records.derived).toEqual({
        title: 'Decision',
        people: { ines: true, 'person 0': true, 'person 1': true },
      });
    }
  });

  test('[P62] taken back, they leave the document as it was', () => {
    fc.assert(
      fc.property(twoDocuments, ({ from, to }) => {
        const [doc, wanted] = [documentOf(from), documentOf(to)];
        const before = seen(doc);
        const differences = differencesBetween(doc, wanted);
        applyDifferences(doc, differences, { author });
        applyDifferences(doc, inverseOf(differences), { author, onlyUnchanged: true });
        const { records, ...rest } = seen(doc);
        for (const [id, one] of Object.entries(records)) {
          if (!(id in before.records)) expect(one).toHaveProperty('trashed', author);
        }
        const back = Object.fromEntries(Object.entries(records).filter(([id]) => id in before.records));
        expect({ ...rest, records: back }).toEqual(before);
      }),
      RUNS,
    );
  });

  test('[P62] what someone changed since is not taken back', () => {
    const value = (title: string): Parts => ({
      a: { kind: 'map', entries: { title: { kind: 'value', value: title }, rank: { kind: 'value', value: title } } },
    });
    const doc = documentOf(value('old'));
    const differences = differencesBetween(doc, documentOf(value('new')));
    applyDifferences(doc, differences, { author });
    (doc.getMap('records').get('a') as Y.Map<unknown>).set('title', 'colleague’s');
    applyDifferences(doc, inverseOf(differences), { author, onlyUnchanged: true });
    expect(seen(doc).records.a).toEqual({ title: 'colleague’s', rank: 'old' });
  });
});
