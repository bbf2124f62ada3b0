import type { z } from 'zod';
import type { RefusalCode } from '../index.ts';
import { ACCOUNT_HEADER, HttpRefusal } from '../protocol/index.ts';

const TIMEOUT_MS = 15_000;

/** What a request gave: its value, or a stable code. `offline`: the server was not reached; `internal`: it failed. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: RefusalCode | 'internal' };

/** HTTP to one server, with whichever session this context has. */
export class Http {
  readonly #origin: string;
  readonly #bearer: (() => string | null) | null;
  readonly #account: string | null;
  readonly #fetch: typeof fetch;

  /** @param options.account - beside a cookie, for whom it is asked: the cookie may have become somebody else’s */
  constructor(
    origin: string,
    options: { bearer?: () => string | null; account?: string | null; fetch?: typeof fetch },
  ) {
    this.#origin = origin;
    this.#bearer = options.bearer ?? null;
    this.#account = options.account ?? null;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** Sends JSON, expects `schema`; a body of another shape counts as the server's failure. */
  async ask<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
  ): Promise<Asked<T>> {
    const response = await this.send(method, path, {
      timeoutMs: TIMEOUT_MS,
      ...(body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }),
    });
    if (response === null) return { ok: false, code: 'offline' };
    const answer: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
    if (response.ok) {
      const parsed = schema.safeParse(answer);
      return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'internal' };
    }
    const refusal = HttpRefusal.safeParse(answer);
    // Codes are stable; one that this version does not know is shown as it is.
    return { ok: false, code: refusal.success ? (refusal.data.code as RefusalCode) : 'internal' };
  }

  /** The response whatever its status, or null when there was none. */
  async send(
    method: string,
    path: string,
    options: { body?: BodyInit; type?: string; timeoutMs: number; answersWithinMs?: number },
  ): Promise<Response | null> {
    const { body, type, timeoutMs, answersWithinMs = timeoutMs } = options;
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), answersWithinMs);
    const headers = new Headers();
    if (type !== undefined) headers.set('content-type', type);
    else if (body !== undefined) headers.set('content-type', 'application/octet-stream');
    const bearer = this.#bearer?.() ?? null;
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    if (this.#bearer === null && this.#account !== null) headers.set(ACCOUNT_HEADER, this.#account);
    try {
      return await this.#fetch(`${this.#origin}${path}`, {
        method,
        headers,
        // The extension's session is its bearer alone: a cookie of the same server may be another person's.
        credentials: this.#bearer === null ? 'same-origin' : 'omit',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), silence.signal]),
        ...(body === undefined ? {} : { body }),
      });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
