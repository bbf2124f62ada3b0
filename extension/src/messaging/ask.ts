import type { Answer } from '@liasse/core';
import { type Granted, type Kind, parseAnswer, type Request } from './contract.ts';

/** Sends a message to the worker, waking it if need be. `chrome.runtime.sendMessage`. */
export type Send = (message: unknown) => Promise<unknown>;

/** Asks the worker. It never throws: a worker that was stopped before it answered is `internal`, and may be asked again. */
export async function ask<K extends Kind>(send: Send, kind: K, request: Request<K>): Promise<Answer<Granted<K>>> {
  try {
    return parseAnswer(kind, await send({ to: 'worker', kind, request }));
  } catch {
    return { ok: false, code: 'internal', details: { kind } };
  }
}
