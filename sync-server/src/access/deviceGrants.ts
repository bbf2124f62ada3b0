import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type AccountId, type Device, type DeviceAsking, type DeviceGrantError, Refusal } from '@liasse/core/protocol';

/** Who said yes: the session that was used for it ends what it allowed as long as that was not fetched. */
export interface Approver {
  readonly id: AccountId;
  readonly session: string;
}

interface Asked {
  readonly device: Device;
  readonly userHash: string;
  readonly secretHash: Buffer;
  readonly askedAt: number;
  readonly expiresAt: number;
  intervalMs: number;
  polledAt: number | null;
  /** A person who is signed in has looked at it: it is not made up. */
  looked: boolean;
  answer: 'none' | 'no' | Approver;
}

const LIFETIME_MS = 10 * 60_000;
/** After its end a code still says that it has expired, for as long again. */
const REMEMBERED_MS = 2 * LIFETIME_MS;
const INTERVAL_MS = 5_000;
const KEPT = 5_000;
const ID_LENGTH = 16;
// RFC 8628, 6.1: no vowel, so that no word comes out; no digit to be taken for a letter. 20^8 codes are 34 bits.
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const USER_CODE_LENGTH = 8;

/**
 * Devices that ask to be let in without a password (RFC 8628). They live in memory, for ten minutes, for one use; of both codes only a
 * keyed hash is kept. Full, it forgets the oldest that no person has looked at: a flood of made-up ones takes no memory, and what somebody
 * is about to answer stays.
 */
export class DeviceGrants {
  readonly #now: () => number;
  readonly #key = randomBytes(32);
  readonly #asked = new Map<string, Asked>();
  readonly #byUserCode = new Map<string, string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A pair of codes for a device. */
  ask(device: Device): { deviceCode: string; userCode: string; lifetimeMs: number; intervalMs: number } {
    this.#sweep();
    const id = randomBytes(12).toString('base64url');
    const secret = randomBytes(24).toString('base64url');
    const userCode = this.#freshUserCode();
    const userHash = this.#hash(userCode).toString('hex');
    const askedAt = this.#now();
    this.#byUserCode.set(userHash, id);
    this.#asked.set(id, {
      ...{ device, userHash, secretHash: this.#hash(secret), askedAt, expiresAt: askedAt + LIFETIME_MS },
      ...{ intervalMs: INTERVAL_MS, polledAt: null, looked: false, answer: 'none' },
    });
    const shown = `${userCode.slice(0, 4)}-${userCode.slice(4)}`;
    return { deviceCode: id + secret, userCode: shown, lifetimeMs: LIFETIME_MS, intervalMs: INTERVAL_MS };
  }

  /** What waits for an answer under a user code, however it was typed. @throws {Refusal} `not-found`, `expired`, `used` */
  look(userCode: string): DeviceAsking {
    const asked = this.#find(userCode);
    asked.looked = true;
    const { device, askedAt, expiresAt } = asked;
    return { device, askedAt, expiresAt };
  }

  /** A person’s answer, once. @throws {Refusal} as `look` */
  answer(userCode: string, by: Approver, allow: boolean): Device {
    const asked = this.#find(userCode);
    asked.answer = allow ? by : 'no';
    return asked.device;
  }

  /** What the device that holds a code is told. Of an answer it is told once; `giveBack` when a yes could not be acted upon. */
  poll(deviceCode: string): DeviceGrantError | { by: Approver; device: Device; giveBack(): void } {
    const id = deviceCode.slice(0, ID_LENGTH);
    const asked = this.#asked.get(id);
    if (!asked || !timingSafeEqual(asked.secretHash, this.#hash(deviceCode.slice(ID_LENGTH)))) return 'invalid_grant';
    const now = this.#now();
    if (asked.expiresAt <= now) return 'expired_token';
    const early = asked.polledAt !== null && now - asked.polledAt < asked.intervalMs;
    asked.polledAt = now;
    if (early) {
      asked.intervalMs += 5_000;
      return 'slow_down';
    }
    const { answer, device } = asked;
    if (answer === 'none') return 'authorization_pending';
    this.#forget(id, asked);
    if (answer === 'no') return 'access_denied';
    const giveBack = () => {
      this.#asked.set(id, asked);
      this.#byUserCode.set(asked.userHash, id);
    };
    return { by: answer, device, giveBack };
  }

  /** What a session allowed and nobody fetched yet opens nothing any more: that session has ended. */
  drop(session: string): void {
    for (const [id, asked] of this.#asked) {
      if (typeof asked.answer === 'object' && asked.answer.session === session) this.#forget(id, asked);
    }
  }

  #find(typed: string): Asked {
    const userCode = typed.toUpperCase().replace(/[^A-Z]/g, '');
    const id = this.#byUserCode.get(this.#hash(userCode).toString('hex'));
    const asked = id === undefined ? undefined : this.#asked.get(id);
    if (!asked) throw new Refusal('not-found');
    if (asked.expiresAt <= this.#now()) throw new Refusal('expired');
    if (asked.answer !== 'none') throw new Refusal('used');
    return asked;
  }

  #freshUserCode(): string {
    for (;;) {
      const code = Array.from({ length: USER_CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      if (!this.#byUserCode.has(this.#hash(code).toString('hex'))) return code;
    }
  }

  #sweep(): void {
    const now = this.#now();
    for (const [id, asked] of this.#asked) {
      const over = asked.askedAt + REMEMBERED_MS <= now;
      // In the order they were asked in: what follows is younger.
      if (!over && this.#asked.size < KEPT) return;
      if (over || !asked.looked) this.#forget(id, asked);
    }
  }

  #forget(id: string, { userHash }: Asked): void {
    this.#asked.delete(id);
    this.#byUserCode.delete(userHash);
  }

  #hash(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}
