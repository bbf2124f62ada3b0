import type { FetchedFile, PageContent, Unreached } from './pageContent.ts';

/**
 * How what was taken leaves the page. The worker asks and the page's side answers, call by call, through `executeScript`: the
 * content script listens to nothing, so that no message of a page is ever obeyed. Answers cross as JSON of at most 64 MiB, and a
 * page of `http:` has no hashing: the bytes of all files go one after the other, in base64, in parts that fit.
 */
export const PART_BYTES = 6 * 1024 * 1024;

/** What to take of a page. `link`: of a file, when it is not what the tab shows. */
export interface TakeOrder {
  readonly take: 'page' | 'selection' | 'file';
  readonly link?: string | null;
}

/** One of the files, in the order in which their bytes follow each other. */
interface FileLine {
  readonly role: 'snapshot' | 'resource' | 'original';
  /** What the snapshot calls a resource. */
  readonly token: string | null;
  readonly type: string;
  readonly bytes: number;
}

/** Everything that was taken but the files' bytes. */
type TakenSummary = Omit<PageContent, 'snapshot' | 'original'> & {
  readonly original: Omit<FetchedFile, 'bytes'> | null;
  readonly files: readonly FileLine[];
  readonly unreached: readonly Unreached[];
};

/** How far the page's side is: `done` of `of` things to fetch, once that is known. */
export interface TakeProgress {
  readonly done: number;
  readonly of: number;
}

/** The page's side, under this name in the extension's own world of the page. */
export interface PageSide {
  take(order: TakeOrder): Promise<TakenSummary>;
  /** Bytes from `at` on, in base64; fewer than `PART_BYTES` at the end. */
  part(at: number): Promise<string>;
  progress(): TakeProgress;
  /** Stops what is under way and lets go of the bytes. */
  leave(): void;
}

/** How the page is read. `report` may be called as often as one likes. */
export type ReadPage = (
  order: TakeOrder,
  options: { readonly signal: AbortSignal; readonly report: (progress: TakeProgress) => void },
) => Promise<PageContent>;

/** Makes the page's side around what reads the page. One capture at a time: another one ends the first. */
export function makePageSide(read: ReadPage, base64Of: (bytes: Blob) => Promise<string>): PageSide {
  let taking = new AbortController();
  let taken = new Blob();
  let progress: TakeProgress = { done: 0, of: 0 };
  const leave = () => {
    taking.abort();
    taken = new Blob();
  };
  return {
    leave,
    progress: () => progress,
    part: (at) => base64Of(taken.slice(at, at + PART_BYTES)),
    take: async (order) => {
      leave();
      const mine = new AbortController();
      taking = mine;
      progress = { done: 0, of: 0 };
      const { snapshot, original, ...content } = await read(order, {
        signal: mine.signal,
        report: (next) => {
          if (taking === mine) progress = next;
        },
      });
      const nothing = { ...content, original: null, files: [], unreached: [] };
      if (mine.signal.aborted) return nothing;
      if (original) {
        const { bytes, ...about } = original;
        taken = bytes;
        const files: FileLine[] = [{ role: 'original', token: null, type: original.type, bytes: bytes.size }];
        return { ...content, original: about, files, unreached: [] };
      }
      if (snapshot === null) return nothing;
      const html = new Blob([snapshot.html], { type: 'text/html' });
      taken = new Blob([html, ...snapshot.resources.map(({ bytes }) => bytes)]);
      const files: FileLine[] = [
        { role: 'snapshot', token: null, type: html.type, bytes: html.size },
        ...snapshot.resources.map(({ token, type, bytes }) => ({
          role: 'resource' as const,
          token,
          type,
          bytes: bytes.size,
        })),
      ];
      return { ...content, original: null, files, unreached: snapshot.unreached };
    },
  };
}
