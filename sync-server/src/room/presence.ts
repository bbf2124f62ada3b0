import { WireLimits } from '@liasse/core/protocol';
import { z } from 'zod';
import type { AwarenessState } from './frames.ts';

/** Whom the states of a connection are about, as the ticket said. */
export interface Identity {
  readonly account: string;
  readonly name: string;
}

const State = z.record(z.string(), z.unknown());

interface Held {
  readonly clientId: number;
  readonly account: string;
  json: string;
  clock: number;
}

/**
 * Who is in a room: one state a connection, under the identity that the server knows. Clocks are the server's own, and
 * never go back, also over a restart: peers ignore a state whose clock they have seen, so that with the clients' own
 * clocks a person who reconnects would stay unseen for 15 s.
 */
export class Presence<Peer extends object> {
  readonly #now: () => number;
  readonly #onFirstChange: () => void;
  readonly #held = new Map<Peer, Held>();
  readonly #changed = new Map<number, AwarenessState>();
  #lastClock = 0;

  /** `onFirstChange` is called when `takeChanges` has something to give again. */
  constructor(now: () => number, onFirstChange: () => void) {
    this.#now = now;
    this.#onFirstChange = onFirstChange;
  }

  /**
   * Takes what is the peer's own in a message. The rest is ignored and never punished: a stock client sends everyone's
   * states back.
   */
  receive(peer: Peer, identity: Identity, states: readonly AwarenessState[]): void {
    for (const state of states) {
      const own = this.#ownId(peer, identity, states);
      if (state.clientId !== own) continue;
      if (state.json === 'null') this.remove(peer);
      else this.#hold(peer, identity, state);
    }
  }

  /** The peer left. */
  remove(peer: Peer): void {
    const held = this.#held.get(peer);
    if (!held) return;
    this.#held.delete(peer);
    this.#change({ clientId: held.clientId, clock: this.#tick(), json: 'null' });
  }

  /** What changed since the last call. */
  takeChanges(): AwarenessState[] {
    const changes = [...this.#changed.values()];
    this.#changed.clear();
    return changes;
  }

  /** Everyone but the peer. */
  othersThan(peer: Peer): AwarenessState[] {
    return [...this.#held].filter(([other]) => other !== peer).map(([, held]) => held);
  }

  /** Whose state an id is; null when nobody here has said it. */
  accountOf(clientId: number): string | null {
    for (const held of this.#held.values()) if (held.clientId === clientId) return held.account;
    return null;
  }

  /** The client id that is the peer's, once it has said one. */
  idOf(peer: Peer): number | null {
    return this.#held.get(peer)?.clientId ?? null;
  }

  #ownId(peer: Peer, identity: Identity, states: readonly AwarenessState[]): number | null {
    const held = this.#held.get(peer);
    if (held) return held.clientId;
    const [only, more] = states;
    // A client says its own state alone and first; several at once are an echo of others'.
    if (!only || more || only.json === 'null') return null;
    for (const [other, { clientId, account }] of this.#held) {
      if (clientId !== only.clientId) continue;
      // Someone who reconnects while the old socket has not died yet takes their place over.
      if (account !== identity.account) return null;
      this.#held.delete(other);
      break;
    }
    return only.clientId;
  }

  #hold(peer: Peer, identity: Identity, { clientId, json }: AwarenessState): void {
    if (json.length > WireLimits.maxAwarenessBytes) return;
    const state = State.safeParse(parse(json));
    if (!state.success) return;
    const { account, name } = identity;
    const held = {
      clientId,
      account,
      clock: this.#tick(),
      json: JSON.stringify({ ...state.data, user: { account, name } }),
    };
    this.#held.set(peer, held);
    this.#change(held);
  }

  #change(state: AwarenessState): void {
    const first = this.#changed.size === 0;
    this.#changed.set(state.clientId, state);
    if (first) this.#onFirstChange();
  }

  #tick(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now());
    return this.#lastClock;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
