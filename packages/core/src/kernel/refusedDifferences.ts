import * as Y from 'yjs';
import { type Difference, differencesBetween } from './differences.ts';

/**
 * What has to be done to a document so that it has what some edits said that it never got: of all that it has otherwise than the draft
 * that holds them, what these edits wrote or took away, and nothing that others did since.
 *
 * @param edits - a Yjs update, V1: part of `draft`, and not in `present`
 */
export function refusedDifferences(present: Y.Doc, draft: Y.Doc, edits: Uint8Array): Difference[] {
  const { structs, ds } = Y.decodeUpdate(edits);
  const written = rangesOf(structs.map(({ id, length }) => ({ client: id.client, clock: id.clock, length })));
  const deleted = rangesOf(
    [...ds.clients].flatMap(([client, items]) => items.map(({ clock, len }) => ({ client, clock, length: len }))),
  );
  return differencesBetween(present, draft).filter(
    ({ path }) => isTouched(draft, path, written) || isTouched(present, path, deleted),
  );
}

interface Range {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

type Ranges = (id: Y.ID) => boolean;

function rangesOf(ranges: readonly Range[]): Ranges {
  const byClient = new Map<number, Range[]>();
  for (const range of ranges) {
    const known = byClient.get(range.client);
    if (known) known.push(range);
    else byClient.set(range.client, [range]);
  }
  return ({ client, clock }) =>
    (byClient.get(client) ?? []).some((range) => clock >= range.clock && clock < range.clock + range.length);
}

/** Whether something of these ranges stands at a path, or in what stands there. */
function isTouched(doc: Y.Doc, [root = '', ...keys]: readonly string[], ranges: Ranges): boolean {
  let type = doc.share.get(root);
  for (const [at, key] of keys.entries()) {
    const item = type?._map.get(key);
    if (item === undefined) return false;
    if (at === keys.length - 1) return isItemTouched(item, ranges);
    if (ranges(item.id)) return true;
    if (!(item.content instanceof Y.ContentType)) return false;
    type = item.content.type;
  }
  return type !== undefined && isTypeTouched(type, ranges);
}

function isItemTouched(item: Y.Item, ranges: Ranges): boolean {
  // An item of a text may be several edits' in one.
  for (let offset = 0; offset < item.length; offset++) {
    if (ranges(Y.createID(item.id.client, item.id.clock + offset))) return true;
  }
  return item.content instanceof Y.ContentType && isTypeTouched(item.content.type, ranges);
}

// Yjs gives the type of a document’s part with any event.
function isTypeTouched(type: Pick<Y.AbstractType<never>, '_start' | '_map'>, ranges: Ranges): boolean {
  for (let item = type._start; item !== null; item = item.right) if (isItemTouched(item, ranges)) return true;
  return [...type._map.values()].some((item) => isItemTouched(item, ranges));
}
