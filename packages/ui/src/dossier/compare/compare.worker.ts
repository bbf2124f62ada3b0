import { compareTexts } from '@liasse/core/compare';
import type { FromCompare, ToCompare } from './compareWorker.ts';

/** A dedicated worker's own end of its port. */
interface WorkerEnd {
  postMessage(message: FromCompare): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToCompare>) => void): void;
}

const page = globalThis as unknown as WorkerEnd;
page.addEventListener('message', ({ data: { before, after } }) => page.postMessage(compareTexts(before, after)));
