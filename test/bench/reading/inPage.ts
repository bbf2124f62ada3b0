import { Readability } from '@mozilla/readability';
import Defuddle from 'defuddle';
import { foldedText } from '../../../extension/src/capture/dom.ts';
import { isLaidOut, shadowTree } from '../../../extension/src/capture/live.ts';
import { type PageText, readText } from '../../../extension/src/capture/reading/readText.ts';
import { secondReading } from '../../../extension/src/capture/reading/secondReading.ts';
import { takeLabels } from './labels.ts';

/** A text and the title that its reader states beside it. */
export interface PeerReading {
  readonly title: string;
  readonly text: string;
}

/** What one page gave. `withMarkers`: ours, with the numbers that lists show and pages do not write. */
export interface PageReadings {
  /** What its labels say is wanted; all that it shows where there is none. */
  readonly wanted: string;
  /** What counts neither for nor against. */
  readonly either: string;
  readonly ours: string;
  readonly withMarkers: string;
  readonly by: string;
  readonly gate: number;
  readonly kept: number;
  readonly tookMs: number;
  readonly readability: PeerReading;
  readonly defuddle: PeerReading;
}

/** Runs in the page. Labels are read, taken off, and then everyone reads the same page. */
export function readAll(): PageReadings {
  const { wanted, either } = takeLabels(document);
  const from = performance.now();
  const text = readAsCaptures();
  const tookMs = performance.now() - from;
  return {
    // biome-ignore lint/performance/useDomNodeTextContent: as it is shown, hidden parts left out.
    wanted: wanted ?? document.body.innerText,
    either,
    ours: write(text, { markers: false }),
    withMarkers: write(text, { markers: true }),
    by: text.coverage?.by ?? 'none',
    gate: text.coverage?.gate ?? 0,
    kept: text.coverage?.kept ?? 0,
    tookMs,
    readability: peer(() => {
      const read = new Readability(document.cloneNode(true) as Document).parse();
      return { title: read?.title ?? '', html: read?.content ?? '' };
    }),
    defuddle: peer(() => {
      const { title, content } = new Defuddle(document.cloneNode(true) as Document, {
        url: location.href,
        useAsync: false,
      }).parse();
      return { title, html: content };
    }),
  };
}

/** As a capture does: once without the second reader, and again with it where that was not enough. */
function readAsCaptures(): PageText {
  const sight = { url: new URL(location.href), isShown: isLaidOut, shadowOf: shadowTree };
  const first = readText(document, { ...sight, legal: false });
  if (first.coverage?.by !== 'whole') return first;
  const again = secondReading(document, sight);
  return again.coverage?.by === 'whole' ? first : again;
}

function write({ blocks }: PageText, { markers }: { readonly markers: boolean }): string {
  return blocks
    .map((block) => {
      if (block.kind === 'row') return block.cells.join(' ');
      return markers && block.kind === 'item' && block.marker !== null ? `${block.marker} ${block.text}` : block.text;
    })
    .join(' ');
}

function peer(read: () => { readonly title: string; readonly html: string }): PeerReading {
  try {
    const { title, html } = read();
    return { title, text: foldedText(new DOMParser().parseFromString(html, 'text/html').body) };
  } catch {
    return { title: '', text: '' };
  }
}
