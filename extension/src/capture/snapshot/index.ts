import { CaptureLimits } from '../limits.ts';
import { Capture, type PageContext } from './context.ts';
import { DocumentWriter } from './documentWriter.ts';
import { waitForFrames } from './frames.ts';
import { SheetMarkup } from './sheetMarkup.ts';
import type { SnapshotOptions, SnapshotResource, TakenSnapshot, Written } from './types.ts';

export type { ReadBytes, SnapshotClock, SnapshotOptions, TakenSnapshot } from './types.ts';

/**
 * A page as inert HTML with its resources beside it: no script, no handler, no address that would load. Links keep theirs in
 * `data-href`. What cannot be kept is counted; a page too large loses fonts, then images, then its end, and never fails whole.
 *
 * The markup is written in one pass that nothing interrupts, frames included, so that it is of one moment; what it refers to is
 * read meanwhile and after, and stands in it last.
 */
export async function takeSnapshot(document: Document, options: SnapshotOptions): Promise<TakenSnapshot> {
  const { read, signal, missing } = options;
  await waitForFrames(document, options);
  const capture = new Capture(options);
  const sheets = new SheetMarkup(capture);
  const writers = new Map<PageContext, DocumentWriter>();
  capture.page(document, 0);
  // Writing a page adds the frames in it to the end of the list.
  for (const page of capture.pages) {
    const writer = new DocumentWriter(page, (of) => sheets.markup(of));
    writers.set(page, writer);
    writer.write();
  }

  for (const [page, writer] of writers) {
    const [parts] = await Promise.all([
      page.sprites.read(read, signal, (address) => missing.add('image', address)),
      page.sheets.readSources(read, signal),
    ]);
    writer.end(parts);
    sheets.read(page);
  }
  await capture.shelf.settled();
  capture.shelf.fit(CaptureLimits.softBytes);

  const documents = capture.pages.map(({ token, body }) => ({ token, html: textOf(body) }));
  const [top, ...frames] = documents;
  capture.shelf.countMissing(missing);
  return {
    html: top?.html ?? '',
    resources: [
      ...capture.shelf.resources(),
      ...sheets.resources,
      // A frame comes after what holds it in the list of pages, so backwards it comes before.
      ...frames.reverse().map(({ token, html }) => framedResource(token, html)),
    ],
    unreached: [...capture.shelf.unreached(), ...sheets.unreached, ...capture.framesAway],
  };
}

const textOf = (parts: readonly Written[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part())).join('');

const framedResource = (token: string, html: string): SnapshotResource => ({
  token,
  type: 'text/html',
  bytes: new Blob([html], { type: 'text/html' }),
});
