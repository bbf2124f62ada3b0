import type * as Y from 'yjs';
import type { z } from 'zod';
import { setField } from './operation.ts';
import { Refusal } from './refusal.ts';
import { type Reading, type Records, sortedRecords } from './sortedRecords.ts';
import { perDoc, type ViewOf } from './view.ts';

// A flat record is spread over keys `<id>.<field>` of one map. It needs no nested map, so several devices may write it
// without knowing of each other, and nothing of it is lost in the merge. Where such records are many this is better than
// a fixed birth each, which would add a client id each to the document (10,000 of them cost 3.9 ms a transaction).

const keyOf = (id: string, field: string): string => `${id}.${field}`;

/** The id in a key `<id>.<field>`; null for a key that is none. */
function idOf(key: string): string | null {
  const dot = key.indexOf('.');
  return dot > 0 ? key.slice(0, dot) : null;
}

/** Refuses with `not-found` unless `field`, which every such record has, is there. */
export function requireFlat(map: Y.Map<unknown>, id: string, field: string): void {
  if (!map.has(keyOf(id, field))) throw new Refusal('not-found', { id });
}

/** Sets those fields of a flat record that differ; creates it when it has none yet. */
export function setFlat(map: Y.Map<unknown>, id: string, fields: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(fields)) setField(map, keyOf(id, field), value);
}

/** Removes every field of a flat record: for good, and not reversibly as the trash does. */
export function removeFlat(map: Y.Map<unknown>, id: string): void {
  for (const key of [...map.keys()]) if (idOf(key) === id) map.delete(key);
}

/** Whether a flat record has this field. */
export const hasFlat = (map: Y.Map<unknown>, id: string, field: string): boolean => map.has(keyOf(id, field));

/** As `defineRecordsView`, for flat records. */
export function defineFlatRecordsView<
  S extends z.ZodObject,
  T extends z.output<S> & { readonly id: string },
>(definition: {
  records: (doc: Y.Doc) => Y.Map<unknown>;
  schema: S & z.ZodType<T>;
  order: (a: T, b: T) => number;
  keep?: (record: T) => boolean;
}): ViewOf<Records<T>> {
  const { schema, order, keep = () => true } = definition;
  const fields = Object.keys(schema.shape).filter((field) => field !== 'id');

  return perDoc((doc) => {
    const map = definition.records(doc);
    return sortedRecords<T>({
      order,
      keep,
      ids: () => new Set([...map.keys()].flatMap((key) => idOf(key) ?? [])),
      read: (id): Reading<T> => {
        const present = fields.filter((field) => map.has(keyOf(id, field)));
        if (present.length === 0) return 'absent';
        const values = present.map((field) => [field, map.get(keyOf(id, field))]);
        const parsed = schema.safeParse({ ...Object.fromEntries(values), id });
        return parsed.success ? { record: parsed.data as T } : 'unreadable';
      },
      observe: (changed) =>
        map.observe((event) => {
          const ids = new Set<string>();
          for (const key of event.changes.keys.keys()) {
            const id = idOf(key);
            if (id !== null) ids.add(id);
          }
          if (ids.size > 0) changed(ids);
        }),
    });
  });
}
