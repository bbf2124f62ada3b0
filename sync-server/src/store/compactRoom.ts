import * as Y from 'yjs';
import { freshDoc } from '../room/loadDoc.ts';
import type { NewVersion, StoredRoom, Version } from './roomStore.ts';
import { planVersions } from './sittings.ts';

interface CompactedRoom {
  /** The last row that is folded. */
  readonly uptoSeq: number;
  readonly snapshot: Uint8Array;
  readonly added: readonly NewVersion[];
  readonly superseded: number | null;
  /** How many bytes of log less there are behind the document; negative when the snapshot is larger. */
  readonly savedBytes: number;
}

/** `nothing`: no row can be folded. `waits`: what was folded leans on edits that are not there. `quarantined`: the row that stops it. */
export interface Compacted {
  readonly room: CompactedRoom | null;
  readonly quarantined: number | null;
  readonly waits: boolean;
}

export interface CompactionTask {
  readonly stored: Pick<StoredRoom, 'snapshot' | 'tail'>;
  /** The newest version that there is. */
  readonly before: Version | null;
  readonly now: number;
}

/**
 * Folds a room's rows into a snapshot and the versions along the way, by a document that collects its garbage. A row that cannot be
 * applied stops it: it and what follows stay in the log, for whoever mends it.
 */
export function compactRoom({ stored, before, now }: CompactionTask): Compacted {
  let tail = stored.tail;
  let quarantined: number | null = null;
  for (;;) {
    if (tail.length === 0) return { room: null, quarantined, waits: false };
    const { added, superseded } = planVersions(tail, { before, now });
    const doc = freshDoc();
    try {
      if (stored.snapshot) Y.applyUpdateV2(doc, stored.snapshot);
      const folded = fold(doc, tail, added);
      if ('bad' in folded) {
        const { bad } = folded;
        quarantined = bad;
        tail = tail.filter(({ seq }) => seq < bad);
        continue;
      }
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
        return { room: null, quarantined, waits: true };
      const last = folded.versions.at(-1) as NewVersion;
      const folding = tail.reduce((sum, { update }) => sum + update.length, stored.snapshot?.length ?? 0);
      const savedBytes = folding - last.snapshot.length;
      const room = { uptoSeq: last.seq, snapshot: last.snapshot, added: folded.versions, superseded, savedBytes };
      return { room, quarantined, waits: false };
    } finally {
      doc.destroy();
    }
  }
}

/** Applies the rows up to each version in one transaction, and writes the version down. */
function fold(
  doc: Y.Doc,
  tail: StoredRoom['tail'],
  versions: readonly Version[],
): { versions: NewVersion[] } | { bad: number } {
  const written: NewVersion[] = [];
  let next = 0;
  let current = 0;
  try {
    for (const version of versions) {
      doc.transact(() => {
        for (; next < tail.length; next += 1) {
          const { seq, update } = tail[next] as StoredRoom['tail'][number];
          if (seq > version.seq) break;
          current = seq;
          Y.applyUpdate(doc, update);
        }
      }, 'load');
      written.push({ ...version, snapshot: Y.encodeStateAsUpdateV2(doc) });
    }
    return { versions: written };
  } catch {
    return { bad: current };
  }
}

/** Keys of a root map of a snapshot with its rows: what a document, or a version of it, refers to. Null when it cannot be read whole. */
export function rootKeys({ snapshot, tail }: Pick<StoredRoom, 'snapshot' | 'tail'>, root: string): string[] | null {
  const doc = freshDoc();
  try {
    if (snapshot) Y.applyUpdateV2(doc, snapshot);
    for (const { update } of tail) Y.applyUpdate(doc, update);
    const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
    return isWhole ? [...doc.getMap(root).keys()] : null;
  } catch {
    return null;
  } finally {
    doc.destroy();
  }
}
