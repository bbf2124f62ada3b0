import { parentPort } from 'node:worker_threads';
import { compactRoom, rootKeys } from './compactRoom.ts';
import type { FoldingAnswer, FoldingCall } from './foldingThread.ts';
import { readSource } from './readRoom.ts';

// The thread in which documents are folded. It holds nothing between two calls.
parentPort?.on('message', (call: FoldingCall) => parentPort?.postMessage(answer(call)));

function answer(call: FoldingCall): FoldingAnswer {
  try {
    return { ok: true, value: run(call) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function run(call: FoldingCall): unknown {
  if (call.kind === 'keys') return rootKeys(readSource(call.source), call.root);
  const { source, ...task } = call.task;
  return compactRoom({ ...task, stored: readSource(source) });
}
