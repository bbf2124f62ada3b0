import * as Y from 'yjs';
import type { z } from 'zod';
import { isBlank } from './birth.ts';
import { type Reading, type Records, sortedRecords } from './sortedRecords.ts';
import { perDoc, type ViewOf } from './view.ts';

/** The plain fields of a record, limited to the keys asked for: a rich text among them is never serialised. */
export function fieldsOf(record: Y.Map<unknown>, keys: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of keys) {
    const value = record.get(key);
    if (value !== undefined) fields[key] = value instanceof Y.AbstractType ? value.toJSON() : value;
  }
  return fields;
}

/**
 * A view of a map of records that stays sorted; see `sortedRecords` for what a change costs.
 *
 * @param records - the map of records; a record's id is its key and is given to `schema` as `id`
 * @param schema - parsed on read too, because peers may be older, newer or broken
 * @param order - a total order: end with the id
 * @param keep - which of the readable records the view shows; all when absent
 */
export function defineRecordsView<S extends z.ZodObject, T extends z.output<S> & { readonly id: string }>(definition: {
  records: (doc: Y.Doc) => Y.Map<unknown>;
  schema: S & z.ZodType<T>;
  order: (a: T, b: T) => number;
  keep?: (record: T) => boolean;
}): ViewOf<Records<T>> {
  const { schema, order, keep = () => true } = definition;
  const keys = Object.keys(schema.shape);

  return perDoc((doc) => {
    const map = definition.records(doc);
    return sortedRecords<T>({
      order,
      keep,
      ids: () => map.keys(),
      read: (id): Reading<T> => {
        if (!map.has(id)) return 'absent';
        const value = map.get(id);
        if (!(value instanceof Y.Map)) return 'unreadable';
        if (isBlank(value)) return 'absent';
        const parsed = schema.safeParse({ ...fieldsOf(value, keys), id });
        return parsed.success ? { record: parsed.data as T } : 'unreadable';
      },
      observe: (changed) =>
        map.observeDeep((events) => {
          const ids = new Set<string>();
          for (const event of events) {
            if (event.target === map) for (const id of event.changes.keys.keys()) ids.add(id);
            else if (touches(event, keys)) ids.add(String(event.path[0]));
          }
          if (ids.size > 0) changed(ids);
        }),
    });
  });
}

/** Whether an event inside a record concerns a field that the view shows: a keystroke in an item's text does not. */
function touches(event: Y.YEvent<Y.AbstractType<unknown>>, keys: readonly string[]): boolean {
  const fields = event.path.length === 1 ? [...event.changes.keys.keys()] : [String(event.path[1])];
  return fields.some((field) => keys.includes(field));
}
