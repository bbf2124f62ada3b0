import Dexie, { type Table } from 'dexie';
import { InfraError, type TeamId } from '../index.ts';
import { localNames } from './names.ts';
import type { Scope } from './types.ts';

/** A segment of an index as it is kept. What its bytes mean is the index's affair. */
export interface ShelvedSegment {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Documents of it that are deleted. */
  readonly deleted: readonly number[];
}

/** A segment to be kept; without bytes one that is kept already. */
export type SegmentToKeep = Omit<ShelvedSegment, 'bytes'> & { readonly bytes: Uint8Array<ArrayBuffer> | null };

/** Where the index of one team is kept on this device, with the texts it was made from. All of it can be made again. */
export interface SearchShelf {
  /** From the oldest to the newest; those that are no longer there are left out. */
  segments(): Promise<ShelvedSegment[]>;
  /** Makes these the segments that are kept, at once: all of them or, on a failure, those that were. */
  keep(segments: readonly SegmentToKeep[]): Promise<void>;
  putTexts(texts: ReadonlyMap<string, string>): Promise<void>;
  removeTexts(keys: readonly string[]): Promise<void>;
  /** The texts that are there, by key. */
  texts(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Every key that has a text. */
  textKeys(): Promise<readonly string[]>;
  close(): void;
}

interface StoredText {
  readonly key: string;
  /** Deflated: a text takes a third of its size. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface StoredList {
  readonly name: 'segments';
  readonly segments: readonly Pick<ShelvedSegment, 'id' | 'deleted'>[];
}

/** A shelf in IndexedDB, under the scope's name. @see SPEC.md X14, X16 */
export function createSearchShelf(scope: Scope, team: TeamId): SearchShelf {
  const db = new Dexie(localNames(scope).search(team));
  db.version(1).stores({ segments: 'id', lists: 'name', texts: 'key' });
  const segments: Table<Pick<ShelvedSegment, 'id' | 'bytes'>, number> = db.table('segments');
  const lists: Table<StoredList, string> = db.table('lists');
  const texts: Table<StoredText, string> = db.table('texts');

  return {
    segments: () =>
      guarded(async () => {
        const listed = (await lists.get('segments'))?.segments ?? [];
        const found = await segments.bulkGet(listed.map(({ id }) => id));
        return listed.flatMap(({ id, deleted }, at) => (found[at] ? [{ id, deleted, bytes: found[at].bytes }] : []));
      }),
    keep: (kept) =>
      guarded(() =>
        db.transaction('rw', segments, lists, async () => {
          await segments
            .where('id')
            .noneOf(kept.map(({ id }) => id))
            .delete();
          await segments.bulkPut(kept.flatMap(({ id, bytes }) => (bytes ? [{ id, bytes }] : [])));
          await lists.put({ name: 'segments', segments: kept.map(({ id, deleted }) => ({ id, deleted })) });
        }),
      ),
    putTexts: (added) =>
      guarded(async () => {
        const rows = [...added].map(async ([key, text]) => ({
          key,
          bytes: await through('deflate', encoder.encode(text)),
        }));
        await texts.bulkPut(await Promise.all(rows));
      }),
    removeTexts: (keys) => guarded(() => texts.bulkDelete([...keys])),
    texts: (keys) =>
      guarded(async () => {
        const rows = (await texts.bulkGet([...keys])).filter((row) => row !== undefined);
        const read = rows.map(
          async ({ key, bytes }) => [key, decoder.decode(await through('inflate', bytes))] as const,
        );
        return new Map(await Promise.all(read));
      }),
    textKeys: () => guarded(() => texts.toCollection().primaryKeys()),
    close: () => db.close(),
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function through(way: 'deflate' | 'inflate', bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const pair = way === 'deflate' ? new CompressionStream('deflate-raw') : new DecompressionStream('deflate-raw');
  const stream = new Blob([bytes]).stream().pipeThrough(pair);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new InfraError('the index could not be kept or read on this device', { cause, retryable: true });
  }
}
