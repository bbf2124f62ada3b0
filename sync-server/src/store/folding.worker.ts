import { parentPort } from 'node:worker_threads';
import { compactRoom, rootKeys } from './compactRoom.ts';
import type { FoldingAnswer, FoldingCall } from './foldingThread.ts';

// The thread in which documents are folded. It holds nothing between two calls.
parentPort?.on('message', (call: FoldingCall) => parentPort?.postMessage(answer(call)));

function answer(call: FoldingCall): FoldingAnswer {
  try {
    const value = call.kind === 'compact' ? compactRoom(call.task) : rootKeys(call.stored, call.root);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
