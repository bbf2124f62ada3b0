import { addReceipt, type BlobHash, piecesView, Refusal, receiptsView, unreceived } from '@liasse/core';
import type { OpenDoc, Timers } from '@liasse/core/replica';
import type { Outcome, ReceiptsPort } from '../../app/platform.ts';

const RETRY_MS = 30_000;

/** Not an answer about this manifest: asked again later. */
const PASSING: ReadonlySet<string> = new Set(['offline', 'internal', 'rate-limited', 'signed-out']);

/**
 * Asks the server for the receipts that a dossier lacks, one by one, for as long as it is open, and writes them into it.
 *
 * @returns its end
 * @see SPEC.md E8
 */
export function keepReceipts(open: OpenDoc, ask: ReceiptsPort['ask'], { after }: Timers): () => void {
  const refused = new Set<BlobHash>();
  let over = false;
  let running = false;
  let cancelRetry = () => {};

  const round = async (): Promise<void> => {
    if (running || over) return;
    running = true;
    cancelRetry();
    const next = () => unreceived(open.doc).find(({ manifest }) => !refused.has(manifest));
    for (let one = next(); one !== undefined && !over; one = next()) {
      const { pieceId, manifest } = one;
      const answer = await ask(open.room, manifest);
      if (over) break;
      if (!answer.ok && PASSING.has(answer.code)) {
        cancelRetry = after(RETRY_MS, () => void round());
        break;
      }
      // Written or not, it is not asked for again: a peer who writes nonsense over it would keep us asking for ever.
      refused.add(manifest);
      write(open, pieceId, answer);
    }
    running = false;
  };
  const stops = [piecesView(open.doc), receiptsView(open.doc), connected(open)].map((view) =>
    view.subscribe(() => void round()),
  );
  void round();
  return () => {
    over = true;
    cancelRetry();
    for (const stop of stops) stop();
  };
}

function write(
  open: OpenDoc,
  pieceId: Parameters<typeof addReceipt>[1]['pieceId'],
  answer: Outcome<Parameters<typeof addReceipt>[1]['receipt']>,
): void {
  if (!answer.ok) return;
  try {
    open.run(addReceipt, { pieceId, receipt: answer.value });
  } catch (error) {
    // Read-only since, or full: the server still has it, and gives it at the next opening.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** The return of the connection, and nothing else of a document’s state: each keystroke changes the rest. */
function connected({ sync }: OpenDoc): { subscribe(listener: () => void): () => void } {
  return {
    subscribe: (listener) => {
      let before = sync.getSnapshot().connection;
      return sync.subscribe(() => {
        const { connection } = sync.getSnapshot();
        if (connection !== before && connection === 'online') listener();
        before = connection;
      });
    },
  };
}
