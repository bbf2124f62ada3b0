import { type Answer, Refusal } from '@liasse/core';
import { contract, Envelope, type Granted, type Kind, type Request } from './contract.ts';

/** What of a message's sender is judged: the browser fills it in. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
}

export type Handlers = { readonly [K in Kind]: (request: Request<K>) => Promise<Granted<K>> };

/**
 * Answers a message. Whatever is wrong with it, nothing else is disturbed.
 *
 * @param own - this extension's id, and the address its pages start with (`chrome-extension://…/`)
 */
export async function receive(
  handlers: Handlers,
  message: unknown,
  sender: Sender,
  own: { readonly id: string; readonly address: string },
): Promise<Answer<unknown>> {
  const envelope = Envelope.safeParse(message);
  // Pages talk to the worker only; what is shaped otherwise is nobody's, and is told so.
  if (!envelope.success) return refused('bad-message');
  // A content script has the extension's id too, but the page's address: a page that got hold of one asks for nothing.
  if (sender.id !== own.id || !sender.url?.startsWith(own.address)) return refused('forbidden');
  const { kind } = envelope.data;
  if (!isKind(kind)) return refused('bad-message', { kind });
  return answer(handlers, kind, envelope.data.request);
}

async function answer<K extends Kind>(handlers: Handlers, kind: K, request: unknown): Promise<Answer<unknown>> {
  const parsed = contract[kind].request.safeParse(request);
  if (!parsed.success) return refused('bad-message', { kind, at: parsed.error.issues[0]?.path.join('.') ?? '' });
  try {
    return { ok: true, value: await handlers[kind](parsed.data as Request<K>) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, details: error.details };
    console.error(kind, error);
    return refused('internal', { kind });
  }
}

const isKind = (kind: string): kind is Kind => Object.hasOwn(contract, kind);

const refused = (
  code: 'bad-message' | 'forbidden' | 'internal',
  details: Record<string, string> = {},
): Answer<unknown> => ({ ok: false, code, details });
