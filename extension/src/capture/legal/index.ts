import type { LegalReference } from '@liasse/core';
import type { LegalSource } from './adapter.ts';
import { eurlex } from './eurlex.ts';
import { generic } from './generic.ts';
import { legifrance } from './legifrance.ts';
import { servicePublic } from './servicePublic.ts';

/** Most specific first: what one read, the next does not replace. */
const adapters = [eurlex, legifrance, servicePublic, generic];

/** A page's legal reference, each part with where it was read; null when it names no legal text. */
export function readLegal(source: LegalSource): LegalReference | null {
  const known = adapters.filter((adapter) => adapter.knows(source));
  const readings = known.map((adapter) => adapter.read(source));
  const reference: LegalReference = Object.assign({}, ...readings.reverse());
  return Object.keys(reference).length === 0 ? null : reference;
}
