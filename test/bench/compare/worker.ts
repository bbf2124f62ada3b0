import { parentPort } from 'node:worker_threads';
import type { TextBlock } from '@liasse/core';
import { compareTexts } from '@liasse/core/compare';
import { diffWordsWithSpace } from 'diff';

/** One side by side reading, in a thread of its own as the app's is in a worker. `by`: who compares. */
export interface CompareTask {
  readonly by: 'liasse' | 'jsdiff';
  readonly before: readonly TextBlock[];
  readonly after: readonly TextBlock[];
}

const flat = (blocks: readonly TextBlock[]): string =>
  blocks.map((block) => (block.kind === 'row' ? block.cells.join('\t') : block.text)).join('\n');

parentPort?.on('message', ({ by, before, after }: CompareTask) => {
  parentPort?.postMessage(
    by === 'liasse' ? compareTexts(before, after) : diffWordsWithSpace(flat(before), flat(after)),
  );
});

parentPort?.postMessage('ready');
