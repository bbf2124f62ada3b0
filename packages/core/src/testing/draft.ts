import type { BlobRef, CaptureDraft } from '../dossier/index.ts';
import { BlobHash } from '../kernel/index.ts';

/** A small captured page, as an extension would yield it. */
export function testDraft(change: Partial<CaptureDraft> = {}): CaptureDraft {
  return {
    kind: 'page',
    title: 'Décret n° 2019-341 du 19 avril 2019',
    url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038388445',
    canonical: null,
    site: 'www.legifrance.gouv.fr',
    language: 'fr',
    capturedAt: 1_700_000_000_000,
    legal: { number: { value: '2019-341', from: 'title' } },
    work: null,
    text: [{ kind: 'paragraph', text: 'Le Premier ministre décrète :' }],
    coverage: null,
    missing: [],
    ...change,
  };
}

/** A blob's reference that a test can write down: the same for the same number. */
export const testBlob = (n: number): BlobRef => ({
  hash: BlobHash.parse(n.toString(16).padStart(64, '0')),
  bytes: 1000 + n,
});
