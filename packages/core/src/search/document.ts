/** What of a thing is looked into. Each is plain text; blocks of `text` are separated by line breaks. */
export interface SearchFields {
  readonly title: string;
  /** A legal text's own names: number, NOR, CELEX, ELI. */
  readonly reference: string;
  /** What people wrote beside it. */
  readonly notes: string;
  readonly site: string;
  readonly text: string;
}

/** What the index keeps of a thing, and gives back with each result. The text is not part of it. */
export interface SearchEntry {
  /** Unique in the index: `piece/<id>`. */
  readonly key: string;
  /** The document it stands in. */
  readonly room: string;
  /** `piece`, `card`…: counted and filtered by. */
  readonly kind: string;
  /** The key of the dossier or meeting that it is in, or is: counted and filtered by. Null for what stands alone. */
  readonly group: string | null;
  readonly title: string;
  /** When it was made or captured (ms): the most recent comes first among equals. */
  readonly at: number;
  /** The civil year of `at`. */
  readonly year: number;
  readonly trashed: boolean;
  /** Of everything that is indexed: equal digests need no indexing again. */
  readonly digest: string;
}

/** A thing to be found. */
export interface SearchDocument {
  readonly entry: SearchEntry;
  readonly fields: SearchFields;
}

/** How much a word counts where it stands, against once in the text. */
const FIELD_WEIGHTS = { title: 6, reference: 8, notes: 3, site: 1 } as const;

/** The fields that a posting says yes or no of, in the order of its bits. Of the text it says how often. */
export const FLAGGED = ['title', 'reference', 'notes', 'site'] as const;

/** The weight of each combination of flags. */
export const FLAG_WEIGHTS: readonly number[] = Array.from({ length: 1 << FLAGGED.length }, (_, flags) =>
  FLAGGED.reduce((sum, field, bit) => sum + (flags & (1 << bit) ? FIELD_WEIGHTS[field] : 0), 0),
);
