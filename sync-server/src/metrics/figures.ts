import type { RoomStore } from '../store/roomStore.ts';
import { Registry } from './registry.ts';

const APPEND_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const LOOP_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const COMPACTION_S = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];
/** Objects that stay: their text is made once, and not for each of a million frames. */
const VIA = { socket: { via: 'socket' }, batch: { via: 'batch' }, blob: { via: 'blob' } } as const;
const LOOP_TICK_MS = 100;

/** What the parts of the server count. All of it is counted, whether anyone asks or not: it costs an addition. */
export interface Figures {
  readonly registry: Registry;
  /** Bytes of frames and blobs that came in and went out. */
  moved(direction: 'received' | 'sent', via: 'socket' | 'batch' | 'blob', bytes: number): void;
  /** A request that was answered with a “no”, or a socket that was closed with a code. */
  refused(via: 'http' | 'socket', code: string): void;
  /** A room was compacted, or could not be; `seconds`: how long that took. */
  compacted(outcome: 'done' | 'failed' | 'quarantined', seconds: number): void;
  /** The store, each append of which is counted and timed. */
  watching(store: RoomStore): RoomStore;
}

export function makeFigures(): Figures {
  const registry = new Registry();
  const moved = {
    received: registry.counter('liasse_received_bytes_total', 'Bytes of frames and blobs received.'),
    sent: registry.counter('liasse_sent_bytes_total', 'Bytes of frames and blobs sent.'),
  };
  const refused = registry.counter(
    'liasse_refused_total',
    'Requests refused and sockets closed by the server, by code.',
  );
  const seconds = registry.histogram('liasse_append_seconds', 'Time until a batch of edits is durable.', APPEND_S);
  const rows = registry.counter('liasse_appended_rows_total', 'Edits that became durable.');
  const failed = registry.counter('liasse_append_failures_total', 'Batches of edits that were not written.');
  const compactions = registry.counter('liasse_compactions_total', 'Rooms compacted, by outcome.');
  const compaction = registry.histogram('liasse_compaction_seconds', 'Time that compacting a room took.', COMPACTION_S);
  // An alarm on a rate needs the first sample to be there before the first failure.
  for (const counter of [rows, failed]) counter.add(0);
  return {
    registry,
    moved: (direction, via, bytes) => moved[direction].add(bytes, VIA[via]),
    refused: (via, code) => refused.add(1, { via, code }),
    compacted: (outcome, seconds) => {
      compactions.add(1, { outcome });
      compaction.observe(seconds);
    },
    watching: (store) => ({
      ...store,
      async append(batch) {
        const startedMs = performance.now();
        try {
          const done = await store.append(batch);
          seconds.observe((performance.now() - startedMs) / 1000);
          rows.add(batch.reduce((sum, { entries }) => sum + entries.length, 0));
          return done;
        } catch (error) {
          failed.add();
          throw error;
        }
      },
    }),
  };
}

/**
 * Measures how late a timer of a tenth of a second fires; returns its stop.
 *
 * A histogram of our own: Node's (`monitorEventLoopDelay`) gives percentiles since it was last reset, and two who read them
 * would reset each other's.
 */
export function watchEventLoop(
  { registry }: Figures,
  { nowMs, every }: { readonly nowMs: () => number; every(ms: number, run: () => void): () => void } = real,
): () => void {
  const delay = registry.histogram('liasse_event_loop_delay_seconds', 'How late the event loop is.', LOOP_S);
  let dueMs = nowMs() + LOOP_TICK_MS;
  return every(LOOP_TICK_MS, () => {
    delay.observe(Math.max(0, nowMs() - dueMs) / 1000);
    dueMs = nowMs() + LOOP_TICK_MS;
  });
}

const real = {
  nowMs: () => performance.now(),
  every: (ms: number, run: () => void) => {
    const timer = setInterval(run, ms).unref();
    return () => clearInterval(timer);
  },
};
