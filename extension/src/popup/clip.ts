import type { Answer } from '@liasse/core';
import { ask, type Send } from '../messaging/ask.ts';
import type { Clipped, Request } from '../messaging/contract.ts';

const ATTEMPTS = 5;

/**
 * Asks for a capture until there is an answer. A worker that was stopped in the middle leaves a job, which the next question
 * wakes: the same job, so never a second piece.
 */
export async function clip(send: Send, request: Request<'clip.start'>): Promise<Answer<Clipped>> {
  let answer = await ask(send, 'clip.start', request);
  for (let attempt = 1; attempt < ATTEMPTS && !answer.ok && answer.code === 'internal'; attempt++) {
    answer = await ask(send, 'clip.wait', { jobId: request.jobId });
    if (!answer.ok && answer.code === 'not-found') answer = await ask(send, 'clip.start', request);
  }
  return answer;
}
