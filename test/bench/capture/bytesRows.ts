import type { Row } from '../bench.ts';
import { type PageResult, pairs } from './results.ts';

/** The third row of issue 3. */
export function bytesRows(results: readonly PageResult[]): Row[] {
  const { both } = pairs(results, 'granted');
  const sized = both.flatMap(({ ours, peer }) =>
    ours.bytes === null ? [] : [{ ours: ours.bytes, peer: peer.bytes, documents: ours.documentBytes }],
  );
  if (sized.length === 0) return [];
  const sum = (figures: readonly number[]) => Math.round(figures.reduce((all, one) => all + one, 0) / 1024);
  const documents = sum(sized.map((one) => one.documents));
  const row = (key: 'first' | 'unchanged' | 'changed', what: string, share: number, note: string): Row => {
    const peer = sum(sized.map((one) => one.peer[key]));
    return {
      what: `bytes stored, gzip: ${what}`,
      unit: 'KiB',
      ours: sum(sized.map((one) => one.ours[key])),
      peers: { 'single-file': peer },
      target: { atMost: share * peer },
      note,
    };
  };
  return [
    row(
      'first',
      'first capture',
      1,
      `all blobs of ${sized.length} pages in one dossier, each gzipped; their records and texts in the document: ${documents} KiB more`,
    ),
    row('unchanged', 'second, unchanged', 0.02, 'single-file stores the page whole again'),
    row('changed', 'second, one paragraph changed', 0.15, 'a sentence added to the first paragraph'),
  ];
}
