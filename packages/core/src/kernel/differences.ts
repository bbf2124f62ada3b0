import * as Y from 'yjs';
import { z } from 'zod';
import { bornFromFixedUpdate, isBlank } from './birth.ts';
import { Content, contentOf, madeOf, rewrite, same } from './content.ts';
import type { Author } from './operation.ts';

/** Where something stands: the root's name, then the key of each map on the way. Two long, it may be a record's. */
const Path = z.array(z.string()).min(1).readonly();

/** One thing that one document has otherwise than another. A rich text, a list and a plain value are each one thing. */
export const Difference = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), path: Path, after: Content }),
  z.strictObject({ kind: z.literal('removed'), path: Path, before: Content }),
  z.strictObject({ kind: z.literal('changed'), path: Path, before: Content, after: Content }),
]);
export type Difference = Readonly<z.infer<typeof Difference>>;

/** Lines of history are never carried over: what is done now leaves a line of its own. */
const isCompared = (root: string): boolean => root !== 'history';

/**
 * What has to be done to `from` so that it shows what `to` shows. Writes in neither.
 *
 * A record that `to` lacks and that is in the trash of `from` already is no difference; neither is who put one in the trash.
 *
 * @param options - `roots`: the names of the roots that are compared; without it all but the history
 */
export function differencesBetween(
  from: Y.Doc,
  to: Y.Doc,
  { roots = isCompared }: { roots?: (root: string) => boolean } = {},
): Difference[] {
  const names = [...new Set([...from.share.keys(), ...to.share.keys()])].filter(roots).sort();
  return names.flatMap((name) => {
    const [before, after] = [rootContent(from, name), rootContent(to, name)];
    const kind = (before ?? after)?.kind;
    // Of a root that is two things nothing can be made the same.
    if (kind === undefined || (after !== null && after.kind !== kind)) return [];
    return [...differences([name], before ?? emptyRoot(kind), after ?? emptyRoot(kind))];
  });
}

export interface Applying {
  /** Who applies them, and when: they put records in the trash. */
  readonly author: Author;
  /** Of a record under a derived id, the keys of its nested maps; null for one under an id drawn at random. Every one is, when absent. */
  readonly derived?: (root: string, id: string) => readonly string[] | null;
  /** Leaves alone what is no longer as the difference found it. */
  readonly onlyUnchanged?: boolean;
}

/**
 * Makes a document show the second side of each difference, in one transaction: call it inside an operation.
 *
 * Fields are set one by one, and of a text only what differs is written, so that what others write elsewhere stays. A record
 * is made whole, with its nested maps, or comes out of the trash; one that is taken away goes to the trash. A difference
 * inside something that is no longer there is passed over.
 */
export function applyDifferences(doc: Y.Doc, chosen: readonly Difference[], applying: Applying): void {
  doc.transact(() => {
    for (const difference of chosen) apply(doc, difference, applying);
  });
}

/** What takes the differences back, once they were applied. */
export function inverseOf(chosen: readonly Difference[]): Difference[] {
  return chosen.toReversed().map((difference): Difference => {
    const { path } = difference;
    if (difference.kind === 'added') return { kind: 'removed', path, before: difference.after };
    if (difference.kind === 'removed') return { kind: 'added', path, after: difference.before };
    return { kind: 'changed', path, before: difference.after, after: difference.before };
  });
}

function* differences(path: readonly string[], before?: Content, after?: Content): Generator<Difference> {
  if (after === undefined) {
    if (before !== undefined && !(isRecordPath(path) && isTrashed(before))) yield { kind: 'removed', path, before };
  } else if (before === undefined) yield { kind: 'added', path, after };
  else if (before.kind === 'map' && after.kind === 'map') {
    for (const key of new Set([...Object.keys(before.entries), ...Object.keys(after.entries)])) {
      const [mine, theirs] = [before.entries[key], after.entries[key]];
      if (!(key === TRASHED && isTrashed(before) && isTrashed(after))) yield* differences([...path, key], mine, theirs);
    }
  } else if (!same(before, after)) yield { kind: 'changed', path, before, after };
}

function apply(doc: Y.Doc, difference: Difference, applying: Applying): void {
  const [root = '', ...keys] = difference.path;
  const key = keys.pop();
  if (key === undefined) {
    if (difference.kind === 'changed') rewrite(rootFor(doc, root, difference.after.kind), difference.after);
    return;
  }
  const parent = mapAt(doc.getMap(root), keys);
  if (parent === null) return;
  const present = presentAt(parent, key, isRecordPath(difference.path));

  if (isRecordPath(difference.path) && present instanceof Y.Map) {
    if (difference.kind === 'removed') putInTrash(present, applying.author);
    if (difference.kind === 'added') comeBack(present, difference.after);
    if (difference.kind !== 'changed') return;
  }
  if (applying.onlyUnchanged) {
    const found = present === undefined ? undefined : contentOf(present);
    if (!same(found, difference.kind === 'added' ? undefined : difference.before)) return;
  }
  if (difference.kind === 'removed') parent.delete(key);
  else put(parent, key, difference.after, keys.length === 0 ? (applying.derived?.(root, key) ?? null) : null);
}

/** @param nested - of a record under a derived id: see `bornFromFixedUpdate` */
function put(parent: Y.Map<unknown>, key: string, content: Content, nested: readonly string[] | null): void {
  const present = parent.get(key);
  if (content.kind === 'value') {
    if (!same(present, content.value) || !parent.has(key)) parent.set(key, content.value);
  } else if (content.kind === 'map' && (nested !== null || present instanceof Y.Map)) {
    const record = nested !== null ? bornFromFixedUpdate(parent, key, nested) : (present as Y.Map<unknown>);
    for (const [field, inner] of Object.entries(content.entries)) put(record, field, inner, null);
  } else if (!rewrite(present, content)) parent.set(key, madeOf(content));
}

/** A record that is there all the same: what someone wrote in it meanwhile stays. */
function comeBack(record: Y.Map<unknown>, content: Content): void {
  if (content.kind !== 'map') return;
  if (!isTrashed(content) && record.has(TRASHED)) record.delete(TRASHED);
  for (const [field, inner] of Object.entries(content.entries)) if (!record.has(field)) put(record, field, inner, null);
}

function putInTrash(record: Y.Map<unknown>, { by, at }: Author): void {
  if ((record.get(TRASHED) ?? null) === null) record.set(TRASHED, { by, at });
}

const TRASHED = 'trashed';

const isRecordPath = (path: readonly string[]): boolean => path.length === 2;

function isTrashed(record: Content): boolean {
  const trashed = record.kind === 'map' ? record.entries[TRASHED] : undefined;
  return trashed?.kind === 'value' && (trashed.value ?? null) !== null;
}

function mapAt(root: Y.Map<unknown>, keys: readonly string[]): Y.Map<unknown> | null {
  let map = root;
  for (const key of keys) {
    const inner = map.get(key);
    if (!(inner instanceof Y.Map)) return null;
    map = inner;
  }
  return map;
}

/** A record that was born and has no field yet counts as absent. */
function presentAt(parent: Y.Map<unknown>, key: string, mayBeRecord: boolean): unknown {
  const present = parent.get(key);
  return mayBeRecord && present instanceof Y.Map && isBlank(present) ? undefined : present;
}

/** A root says its type to none but who asks for it by type; one that holds nothing is left unsettled, and is null. */
function rootContent(doc: Y.Doc, name: string): Content | null {
  const root = doc.share.get(name);
  if (root === undefined) return null;
  if (root instanceof Y.Map || root._map.size > 0) {
    const map = doc.getMap(name);
    const entries = [...map.keys()].flatMap((key) => {
      const present = presentAt(map, key, true);
      return present === undefined ? [] : [[key, contentOf(present)] as const];
    });
    return { kind: 'map', entries: Object.fromEntries(entries) };
  }
  if (root.constructor !== Y.AbstractType) return contentOf(root);
  const kind = kindOfSequence(root);
  return kind === null ? null : contentOf(rootFor(doc, name, kind));
}

function kindOfSequence(root: Y.AbstractType<unknown>): Content['kind'] | null {
  for (let item = root._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentType) {
      return content.type instanceof Y.XmlElement || content.type instanceof Y.XmlText ? 'fragment' : 'list';
    }
    const inText = [Y.ContentString, Y.ContentFormat, Y.ContentEmbed].some((kind) => content instanceof kind);
    return inText ? 'text' : 'list';
  }
  return null;
}

function rootFor(doc: Y.Doc, name: string, kind: Content['kind']): Y.AbstractType<unknown> {
  if (kind === 'text') return doc.getText(name) as Y.AbstractType<unknown>;
  if (kind === 'fragment') return doc.getXmlFragment(name) as Y.AbstractType<unknown>;
  return doc.getArray(name) as Y.AbstractType<unknown>;
}

function emptyRoot(kind: Content['kind']): Content {
  if (kind === 'map') return { kind, entries: {} };
  if (kind === 'text') return { kind, runs: [] };
  return kind === 'fragment' ? { kind, nodes: [] } : { kind: 'list', items: [] };
}
