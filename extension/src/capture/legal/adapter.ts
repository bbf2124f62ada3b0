import type { LegalReference, ReadFrom } from '@liasse/core';

/** A page as an adapter sees it. `url`: the browser's own word, not the page's. */
export interface LegalSource {
  readonly document: Document;
  readonly url: URL;
}

/** One way to read a legal reference. An adapter says what it read and where, and nothing that it merely supposes. */
export interface LegalAdapter {
  /** Whether the page is of the kind this adapter knows. */
  knows(source: LegalSource): boolean;
  read(source: LegalSource): LegalReference;
}

/** A part with its source, or nothing: to be spread into a reference. */
export function part<K extends string, V>(
  key: K,
  value: V | null | undefined,
  from: ReadFrom,
): { [P in K]?: { value: V; from: ReadFrom } } {
  if (value === null || value === undefined || value === '') return {};
  return { [key]: { value, from } } as { [P in K]: { value: V; from: ReadFrom } };
}
