import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccountId, RoomName } from '@liasse/core/protocol';

/** What a ticket opens: one socket, of one room, for one person. */
export interface TicketGrant {
  readonly room: RoomName;
  readonly account: AccountId;
  readonly name: string;
  readonly session: string;
}

interface Held {
  readonly grant: TicketGrant;
  readonly secretHash: Buffer;
  readonly expiresAt: number;
}

const LIFETIME_MS = 60_000;
const ID_LENGTH = 16;
const SWEEP_ABOVE = 10_000;

/** Tickets live in memory, for a minute, for one use: they stand in a header that proxies may log. */
export class Tickets {
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(grant: TicketGrant): { ticket: string; expiresAt: number } {
    if (this.#held.size > SWEEP_ABOVE) this.#sweep();
    const id = randomBytes(12).toString('base64url');
    const secret = randomBytes(24).toString('base64url');
    const expiresAt = this.#now() + LIFETIME_MS;
    this.#held.set(id, { grant, secretHash: hashOf(secret), expiresAt });
    return { ticket: id + secret, expiresAt };
  }

  /** What the ticket opens; null when it is wrong, used, too old, or for another room. It is used up in any case. */
  redeem(ticket: string, room: RoomName): TicketGrant | null {
    const id = ticket.slice(0, ID_LENGTH);
    const held = this.#held.get(id);
    if (!held || !timingSafeEqual(held.secretHash, hashOf(ticket.slice(ID_LENGTH)))) return null;
    this.#held.delete(id);
    if (held.expiresAt <= this.#now() || held.grant.room !== room) return null;
    return held.grant;
  }

  /** A session ended: what it was given opens nothing any more. */
  drop(session: string): void {
    for (const [id, { grant }] of this.#held) if (grant.session === session) this.#held.delete(id);
  }

  #sweep(): void {
    const now = this.#now();
    for (const [id, { expiresAt }] of this.#held) if (expiresAt <= now) this.#held.delete(id);
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
