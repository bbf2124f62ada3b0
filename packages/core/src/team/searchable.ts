import { dayAt } from '../kernel/clock.ts';
import type { BlobHash } from '../kernel/ids.ts';
import type { RoomName } from '../protocol/rooms.ts';
import { digestOf } from './digest.ts';

/** What can be found: each has a place in the app. */
export type SearchableKind = 'dossier' | 'piece' | 'note' | 'meeting' | 'item' | 'card';

/** Where a searchable's text is. `once`: written with it and never again, so that its digest need not read it. */
export type SearchableText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'once'; read(): string | { readonly blob: BlobHash } };

/**
 * A thing of a document that people look for, as plain data. The shape of the index's entries and fields, but for its text,
 * which is read when it is needed.
 */
export interface Searchable {
  readonly entry: {
    /** `<kind>/<id>`. */
    readonly key: string;
    readonly room: RoomName;
    readonly kind: SearchableKind;
    /** The key of its dossier or meeting; its own when it is one. */
    readonly group: string | null;
    readonly title: string;
    readonly at: number;
    readonly year: number;
    readonly trashed: boolean;
    readonly digest: string;
  };
  readonly fields: {
    readonly title: string;
    readonly reference: string;
    readonly notes: string;
    readonly site: string;
  };
  readonly text: SearchableText;
}

/** What the slices say of a thing. */
interface Said {
  readonly kind: SearchableKind;
  readonly id: string;
  readonly group: string | null;
  readonly title: string;
  readonly at: number;
  readonly trashed: boolean;
  readonly reference?: string;
  readonly notes?: string;
  readonly site?: string;
  readonly text?: SearchableText;
}

/** Completes what is said, with its year and its digest. */
export function searchable(room: RoomName, said: Said): Searchable {
  const { kind, id, group, title, at, trashed, reference = '', notes = '', site = '' } = said;
  const text = said.text ?? { kind: 'text', text: '' };
  const fields = { title, reference, notes, site };
  const content = text.kind === 'text' ? text.text : '';
  const digest = digestOf([room, kind, group ?? '', at, trashed, ...Object.values(fields), content]);
  const year = Number(dayAt(at).slice(0, 4));
  return { entry: { key: `${kind}/${id}`, room, kind, group, title, at, year, trashed, digest }, fields, text };
}
