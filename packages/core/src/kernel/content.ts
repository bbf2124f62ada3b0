import * as Y from 'yjs';
import { z } from 'zod';

/** A piece of a text under one formatting; `insert` is a string, or an embedded object. */
const Run = z.strictObject({ insert: z.unknown(), attributes: z.record(z.string(), z.unknown()) });
type Run = Readonly<z.infer<typeof Run>>;

/** What stands somewhere in a document, as plain data: it can be kept, compared, sent, and made again. */
export type Content =
  | { readonly kind: 'value'; readonly value?: unknown }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Content>> }
  | { readonly kind: 'list'; readonly items: readonly Content[] }
  | { readonly kind: 'text'; readonly runs: readonly Run[] }
  | { readonly kind: 'fragment'; readonly nodes: readonly Content[] }
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly nodes: readonly Content[];
    };
export const Content: z.ZodType<Content, Content> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), value: z.unknown() }),
    z.strictObject({ kind: z.literal('map'), entries: z.record(z.string(), Content) }),
    z.strictObject({ kind: z.literal('list'), items: z.array(Content) }),
    z.strictObject({ kind: z.literal('text'), runs: z.array(Run) }),
    z.strictObject({ kind: z.literal('fragment'), nodes: z.array(Content) }),
    z.strictObject({
      kind: z.literal('element'),
      name: z.string(),
      attributes: z.record(z.string(), z.unknown()),
      nodes: z.array(Content),
    }),
  ]),
);

/** Reads a value of a document. */
export function contentOf(value: unknown): Content {
  if (value instanceof Y.XmlElement) {
    const attributes: Record<string, unknown> = value.getAttributes();
    return { kind: 'element', name: value.nodeName, attributes, nodes: value.toArray().map(contentOf) };
  }
  if (value instanceof Y.XmlFragment) return { kind: 'fragment', nodes: value.toArray().map(contentOf) };
  if (value instanceof Y.Text) return { kind: 'text', runs: runsOf(value) };
  if (value instanceof Y.Array) return { kind: 'list', items: value.toArray().map(contentOf) };
  if (value instanceof Y.Map) {
    return { kind: 'map', entries: Object.fromEntries([...value].map(([key, inner]) => [key, contentOf(inner)])) };
  }
  return { kind: 'value', value };
}

/** What goes into a document so that it reads as `content`. A text between elements is one of XML. */
export function madeOf(content: Content): unknown {
  switch (content.kind) {
    case 'value':
      return content.value;
    case 'map':
      return new Y.Map(Object.entries(content.entries).map(([key, inner]) => [key, madeOf(inner)]));
    case 'list':
      return listOf(content.items);
    case 'text':
      return filled(new Y.Text(), content.runs);
    default:
      return nodeOf(content);
  }
}

/**
 * Makes a type in a document read as `content`, and touches only what differs.
 *
 * @returns false when the type cannot: it is of another kind
 */
export function rewrite(type: unknown, content: Content): boolean {
  if (type instanceof Y.XmlElement) {
    if (content.kind !== 'element' || content.name !== type.nodeName) return false;
    rewriteAttributes(type, content.attributes);
    rewriteNodes(type, content.nodes);
  } else if (type instanceof Y.XmlFragment) {
    if (content.kind !== 'fragment') return false;
    rewriteNodes(type, content.nodes);
  } else if (type instanceof Y.Text) {
    if (content.kind !== 'text') return false;
    rewriteText(type, content.runs);
  } else if (type instanceof Y.Array) {
    if (content.kind !== 'list') return false;
    const { start, before, after } = changedPart(type.toArray().map(contentOf), content.items);
    if (before.length > 0) type.delete(start, before.length);
    if (after.length > 0) type.insert(start, after.map(madeOf));
  } else return false;
  return true;
}

/** Whether two values hold the same plain data; the order of an object's members does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b) || a instanceof Uint8Array !== b instanceof Uint8Array) return false;
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]))
  );
}

function runsOf(text: Y.Text): Run[] {
  const delta: { insert: unknown; attributes?: Run['attributes'] }[] = text.toDelta();
  return joined(
    delta.map(({ insert, attributes = {} }) => ({
      insert: insert instanceof Y.AbstractType ? insert.toJSON() : insert,
      attributes,
    })),
  );
}

function filled<T extends Y.Text>(text: T, runs: readonly Run[]): T {
  text.applyDelta(runs.map(own));
  return text;
}

function listOf(items: readonly Content[]): Y.Array<unknown> {
  const list = new Y.Array<unknown>();
  list.push(items.map(madeOf));
  return list;
}

function nodeOf(content: Content): unknown {
  if (content.kind === 'text') return filled(new Y.XmlText(), content.runs);
  if (content.kind !== 'element' && content.kind !== 'fragment') throw new Error(`bug: ${content.kind} among nodes`);
  const node = content.kind === 'element' ? new Y.XmlElement(content.name) : new Y.XmlFragment();
  if (node instanceof Y.XmlElement && content.kind === 'element') rewriteAttributes(node, content.attributes);
  node.insert(0, content.nodes.map(nodeOf) as Y.XmlElement[]);
  return node;
}

/** Attributes of rich texts are any plain values, whatever the types of Yjs say. */
function rewriteAttributes(element: Y.XmlElement, attributes: Readonly<Record<string, unknown>>): void {
  const present: Record<string, unknown> = element.doc === null ? {} : element.getAttributes();
  for (const name of Object.keys(present)) if (!Object.hasOwn(attributes, name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (!same(present[name], value)) element.setAttribute(name, value as string);
  }
}

/** Paragraphs before and after the changed ones keep their identity, so that what others write in them stays. */
function rewriteNodes(parent: Y.XmlFragment, nodes: readonly Content[]): void {
  const { start, before, after } = changedPart(parent.toArray().map(contentOf), nodes);
  const paired = Math.min(before.length, after.length);
  for (let index = 0; index < paired; index++) {
    const wanted = after[index] as Content;
    if (rewrite(parent.get(start + index), wanted)) continue;
    parent.delete(start + index, 1);
    parent.insert(start + index, [nodeOf(wanted) as Y.XmlElement]);
  }
  if (before.length > paired) parent.delete(start + paired, before.length - paired);
  if (after.length > paired) parent.insert(start + paired, after.slice(paired).map(nodeOf) as Y.XmlElement[]);
}

function rewriteText(text: Y.Text, runs: readonly Run[]): void {
  const present = characters(runsOf(text));
  const { start, before, after } = changedPart(present, characters(runs));
  let index = lengthOf(present.slice(0, start));
  if (before.length > 0) text.delete(index, lengthOf(before));
  for (const run of joined(after).map(own)) {
    if (typeof run.insert === 'string') text.insert(index, run.insert, run.attributes);
    else text.insertEmbed(index, run.insert as object, run.attributes);
    index += lengthOf([run]);
  }
}

/** Yjs writes into the attributes it is given. */
const own = (run: Run): Run => ({ ...run, attributes: { ...run.attributes } });

/** By code points: half of one would be replaced by Yjs. */
function characters(runs: readonly Run[]): Run[] {
  return runs.flatMap(({ insert, attributes }) =>
    typeof insert === 'string'
      ? [...insert].map((character) => ({ insert: character, attributes }))
      : { insert, attributes },
  );
}

/** Yjs may tell two runs of one formatting apart: what it was written with shows. */
function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (typeof last?.insert === 'string' && typeof run.insert === 'string' && same(last.attributes, run.attributes)) {
      whole[whole.length - 1] = { ...last, insert: last.insert + run.insert };
    } else whole.push(run);
  }
  return whole;
}

/** In the units of Yjs: an embedded object counts as one. */
const lengthOf = (runs: readonly Run[]): number =>
  runs.reduce((length, { insert }) => length + (typeof insert === 'string' ? insert.length : 1), 0);

/** What is left of two sequences without what they begin and end with alike. */
function changedPart<T>(before: readonly T[], after: readonly T[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && same(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1;
  return {
    start,
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
  };
}
