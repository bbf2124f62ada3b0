import type { Coverage, Missing, OriginalFile, TextBlock } from '@liasse/core';

/** A resource of a snapshot, which its HTML calls by a token until its hash is known. */
interface SnapshotResource {
  readonly token: string;
  readonly type: string;
  readonly bytes: Blob;
}

/** What a snapshot refers to and could not be read from inside the page. */
export interface Unreached {
  readonly token: string;
  readonly url: string;
  readonly kind: Missing['kind'];
  readonly origin: string;
  /** How often it was counted as missing. */
  readonly uses: number;
}

/** A file as it was fetched from inside the page, with what was found in it. */
export type FetchedFile = Omit<OriginalFile, 'hash' | 'bytes'> & { readonly bytes: Blob };

/** What is taken of a page once a dossier was chosen. `snapshot`: inert HTML, or null when none could be made. */
export interface PageContent {
  readonly text: TextBlock[];
  readonly coverage: Coverage | null;
  readonly missing: Missing[];
  readonly snapshot: {
    readonly html: string;
    readonly resources: readonly SnapshotResource[];
    readonly unreached: readonly Unreached[];
  } | null;
  /** The file that the page shows, or links to, when that was asked for. */
  readonly original?: FetchedFile | null;
}
