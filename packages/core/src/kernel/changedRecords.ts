import * as Y from 'yjs';
import type { Content } from './content.ts';
import type { Difference } from './differences.ts';

/** One field of a record that differs. */
export interface ChangedField {
  readonly name: string;
  /** Which of the things that the field holds by name (a person’s account); null where it is the field as a whole. */
  readonly part: string | null;
  /** As plain text; null where there is none, or where it is no text. */
  readonly before: string | null;
  readonly after: string | null;
  /** What a value was and is, where it is more than a text. */
  readonly values: { readonly before: unknown; readonly after: unknown };
}

/** What differs of one record, or of what a document says of itself (`id` null). */
export interface ChangedRecord {
  /** Names it among the others of one comparison. */
  readonly key: string;
  /** The root that it stands in: `cards`, `pieces`… */
  readonly root: string;
  readonly id: string | null;
  readonly title: string | null;
  /** `trashed`, `restored`: into the trash, out of it. */
  readonly how: 'added' | 'trashed' | 'restored' | 'changed';
  readonly fields: readonly ChangedField[];
  readonly differences: readonly Difference[];
}

/** The root of what a document says of itself: its keys are no records. */
const META = 'meta';

/**
 * Differences as people tell them: record by record, in the order in which they first come.
 *
 * @param docs - where the titles of records are looked up that themselves did not change, the first that knows one
 */
export function changedRecords(differences: readonly Difference[], docs: readonly Y.Doc[]): ChangedRecord[] {
  const grouped = new Map<string, Difference[]>();
  for (const difference of differences) {
    const key = keyOf(difference);
    const known = grouped.get(key);
    if (known) known.push(difference);
    else grouped.set(key, [difference]);
  }
  return [...grouped].map(([key, ofRecord]) => recordOf(key, ofRecord, docs));
}

const keyOf = ({ path: [root = '', id = ''] }: Difference): string => (root === META ? root : `${root}/${id}`);

function recordOf(key: string, differences: readonly Difference[], docs: readonly Y.Doc[]): ChangedRecord {
  const [first] = differences;
  const [root = '', id = null] = first?.path ?? [];
  const whole = differences.find(({ path }) => root !== META && path.length === 2);
  const trashed = differences.find(({ path }) => path.at(-1) === 'trashed' && path.length === 3);
  const fields =
    whole === undefined ? differences.filter((one) => one !== trashed).map((one) => fieldOf(root, one)) : [];
  const titles = [whole && titleIn(contentAt(whole)), recordTitle(docs, root, id)];
  return {
    key,
    root,
    id: root === META ? null : id,
    title: titles.find((title) => title) ?? null,
    how: howOf(whole, trashed),
    fields,
    differences,
  };
}

function howOf(whole: Difference | undefined, trashed: Difference | undefined): ChangedRecord['how'] {
  if (whole?.kind === 'added') return 'added';
  if (whole?.kind === 'removed') return 'trashed';
  if (trashed === undefined) return 'changed';
  const after = trashed.kind === 'removed' ? null : plainOf(trashed.after);
  return after === null ? 'restored' : 'trashed';
}

const contentAt = (difference: Difference): Content =>
  difference.kind === 'removed' ? difference.before : difference.after;

function fieldOf(root: string, difference: Difference): ChangedField {
  const at = root === META ? 1 : 2;
  const before = difference.kind === 'added' ? null : difference.before;
  const after = difference.kind === 'removed' ? null : difference.after;
  return {
    name: difference.path[at] ?? '',
    part: difference.path[at + 1] ?? null,
    before: before && plainOf(before),
    after: after && plainOf(after),
    values: { before: plainValue(before), after: plainValue(after) },
  };
}

const plainValue = (content: Content | null): unknown => (content?.kind === 'value' ? content.value : null);

function titleIn(content: Content): string | null {
  if (content.kind !== 'map') return null;
  const { title, text } = content.entries;
  return (title && plainOf(title)) ?? (text && plainOf(text)) ?? null;
}

/** The title of a record, or of the document itself (`meta`): of the first document that knows one. */
export function recordTitle(docs: readonly Y.Doc[], root: string, id: string | null): string | null {
  for (const doc of docs) {
    const title = titleAt(doc, root, id);
    if (title !== null) return title;
  }
  return null;
}

function titleAt(doc: Y.Doc, root: string, id: string | null): string | null {
  const record = root === META ? doc.getMap(META) : id === null ? null : doc.getMap(root).get(id);
  const title = record instanceof Y.Map ? record.get('title') : null;
  return title === null || title === undefined || title === '' ? null : String(title);
}

/** What a person can read of a content; null where there is nothing to read. */
function plainOf(content: Content): string | null {
  switch (content.kind) {
    case 'value': {
      const { value } = content;
      if (value === null || value === undefined || value === '') return null;
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    case 'text':
      return content.runs.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('') || null;
    case 'fragment':
    case 'element':
      return (
        content.nodes
          .map(plainOf)
          .filter(Boolean)
          .join(content.kind === 'fragment' ? '\n' : '') || null
      );
    case 'list':
      return content.items.map(plainOf).filter(Boolean).join(', ') || null;
    case 'map':
      return Object.keys(content.entries).join(', ') || null;
  }
}
