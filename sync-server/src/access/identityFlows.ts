import { createHash, randomBytes } from 'node:crypto';
import type { AccountId, RefusalCode } from '@liasse/core/protocol';
import type { Asked, ProvenIdentity } from './identityProvider.ts';

/** What somebody went to the identity provider for. */
export interface Errand {
  /** The account that the identity is attached to; null: to sign in. */
  readonly attachTo: AccountId | null;
  /** The token of an invitation that is followed with it. */
  readonly link: string | null;
}

/** What they came back with. */
export type Return = Errand & { readonly found: ProvenIdentity | { readonly refused: RefusalCode } };

interface Flow extends Errand {
  readonly asked: Asked;
  readonly browser: string;
  readonly expiresAt: number;
}

const LIFETIME_MS = 10 * 60_000;
/** What waits for the page that the browser was sent to: it comes within a second. */
const WAITING_MS = 2 * 60_000;
const KEPT = 10_000;

/**
 * Sign-ins under way at the identity provider, in memory. Each is tied to the browser that began it, by a cookie that no page reads:
 * an answer that somebody else carries into another browser is nobody’s.
 */
export class IdentityFlows {
  readonly #now: () => number;
  readonly #flows = new Map<string, Flow>();
  readonly #returns = new Map<string, { readonly value: Return; readonly expiresAt: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A secret for a browser that has none. */
  newBrowser(): string {
    return randomBytes(32).toString('base64url');
  }

  begin(browser: string, asked: Asked, errand: Errand): void {
    forgetOld(this.#flows, this.#now());
    this.#flows.set(hashOf(asked.state), {
      ...{ ...errand, asked, browser: hashOf(browser) },
      expiresAt: this.#now() + LIFETIME_MS,
    });
  }

  /** The sign-in that an answer belongs to, once; null when there is none of that state, or another browser began it. */
  take(state: string, browser: string): Flow | null {
    const flow = this.#flows.get(hashOf(state));
    if (!flow || flow.browser !== hashOf(browser)) return null;
    this.#flows.delete(hashOf(state));
    return flow.expiresAt > this.#now() ? flow : null;
  }

  /** Keeps what came of it for the page that the browser goes to next. */
  put(browser: string, value: Return): void {
    forgetOld(this.#returns, this.#now());
    this.#returns.set(hashOf(browser), { value, expiresAt: this.#now() + WAITING_MS });
  }

  /** Hands it over, once. */
  collect(browser: string): Return | null {
    const found = this.#returns.get(hashOf(browser));
    this.#returns.delete(hashOf(browser));
    return found && found.expiresAt > this.#now() ? found.value : null;
  }
}

/** Forgets what is over, and what is oldest where there is too much. */
function forgetOld(held: Map<string, { readonly expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of held) {
    if (expiresAt > now && held.size < KEPT) return;
    held.delete(key);
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
