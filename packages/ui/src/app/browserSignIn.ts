import type { Me, Session } from '@liasse/core/protocol';
import { z } from 'zod';
import type { AccountPorts, BrowserSignInPorts } from './accountPorts.ts';
import { derived, keep } from './keyStore.ts';
import { originOf } from './link.ts';
import type { BrowserSignInPort, Outcome } from './platform.ts';

/** Under which key it is kept. */
const BROWSER_SIGN_IN_KEY = 'browser-sign-in';
const LOCK = 'liasse-browser-sign-in';
/** A server that does not answer is asked less and less often, until this. */
const MOST_MS = 60_000;

const ENDED = z.enum(['cancelled', 'expired', 'used', 'server-not-allowed', 'internal']);

const Kept = z.object({
  waiting: z
    .object({
      origin: z.string(),
      /** Fetches the session: it stays in this storage. */
      deviceCode: z.string(),
      userCode: z.string(),
      expiresAt: z.number(),
      intervalMs: z.number(),
      /** When the server may be asked next, by whichever context. */
      nextAt: z.number(),
    })
    .nullable(),
  /** How the last one ended, when it ended badly. */
  ended: z.object({ origin: z.string(), code: ENDED }).nullable(),
});
type Kept = z.infer<typeof Kept>;
const NOTHING: Kept = { waiting: null, ended: null };

/**
 * Signing in by a page of the server in the browser (RFC 8628). All that it needs stands in the device’s storage: the page that began
 * may close, and another one, or the worker, goes on.
 *
 * @param enter - takes in the session that was fetched
 */
export function makeBrowserSignIn(
  ports: Pick<AccountPorts, 'store' | 'serverAt' | 'clock'>,
  { timers, locks, open, allows }: BrowserSignInPorts,
  enter: (origin: string, session: Session) => Promise<Outcome<Me>>,
): BrowserSignInPort {
  const kept = keep(ports.store, BROWSER_SIGN_IN_KEY, parse, () => NOTHING);
  const devicesAt = (origin: string) => ports.serverAt(origin, () => null).devices;
  let stopTimer = () => {};

  /** Changes what waits, as long as it is still the same. */
  const change = (deviceCode: string, next: (waiting: NonNullable<Kept['waiting']>) => Kept) =>
    kept.update((now) => (now.waiting?.deviceCode === deviceCode ? next(now.waiting) : now));

  async function ask(waiting: NonNullable<Kept['waiting']>): Promise<void> {
    const { origin, deviceCode } = waiting;
    const end = (code: z.infer<typeof ENDED>) =>
      void change(deviceCode, () => ({ waiting: null, ended: { origin, code } }));
    if (ports.clock.now() >= waiting.expiresAt) return end('expired');
    if (!(await allows(origin))) return end('server-not-allowed');
    const wait = (intervalMs: number) =>
      void change(deviceCode, (now) => ({
        waiting: { ...now, intervalMs, nextAt: ports.clock.now() + intervalMs },
        ended: null,
      }));
    // Before it is asked: a context that dies meanwhile leaves the next one waiting as long as the server wants.
    wait(waiting.intervalMs);
    const answer = await devicesAt(origin).fetchSession(deviceCode);
    if (answer.ok) {
      const { access_token: bearer, me } = answer.value;
      // Cancelled while it was on its way: the session is nobody’s, and ends at the server.
      if (kept.getSnapshot().waiting?.deviceCode !== deviceCode) {
        await ports.serverAt(origin, () => bearer).accounts.signOut();
        return;
      }
      const entered = await enter(origin, { bearer, me });
      change(deviceCode, () => ({ waiting: null, ended: entered.ok ? null : { origin, code: 'internal' } }));
    } else if (answer.code === 'authorization_pending') wait(waiting.intervalMs);
    else if (answer.code === 'slow_down') wait(waiting.intervalMs + 5_000);
    else if (answer.code === 'access_denied') end('cancelled');
    else if (answer.code === 'expired_token') end('expired');
    else if (answer.code === 'invalid_grant') end('used');
    else wait(Math.min(MOST_MS, waiting.intervalMs * 2));
  }

  async function poll(): Promise<void> {
    const release = await locks.tryExclusive(LOCK);
    if (release === null) return;
    try {
      const { waiting } = kept.getSnapshot();
      if (waiting !== null && waiting.nextAt <= ports.clock.now()) await ask(waiting);
    } finally {
      release();
    }
  }

  /** Polls when it is due, as long as something waits. */
  function arm(): void {
    stopTimer();
    const { waiting } = kept.getSnapshot();
    if (waiting === null) return;
    const delayMs = Math.max(500, waiting.nextAt - ports.clock.now());
    // Another context may have asked meanwhile: it is seen then.
    stopTimer = timers.after(delayMs, () => void poll().finally(arm));
  }
  kept.subscribe(arm);
  arm();

  const pageOf = ({ origin, userCode }: NonNullable<Kept['waiting']>) => `${origin}/appareil#${userCode}`;
  return {
    state: derived(kept, ({ waiting, ended }) => ({
      waiting: waiting && { server: waiting.origin, code: waiting.userCode, expiresAt: waiting.expiresAt },
      ended: ended && { server: ended.origin, code: ended.code },
    })),
    start: async (address) => {
      const origin = originOf(address);
      if (!(await allows(origin))) return { ok: false, code: 'server-not-allowed' };
      const asked = await devicesAt(origin).askIn();
      if (!asked.ok) return asked;
      const { device_code: deviceCode, user_code: userCode, expires_in, interval } = asked.value;
      const now = ports.clock.now();
      const intervalMs = interval * 1000;
      const waiting = { origin, deviceCode, userCode, intervalMs, expiresAt: now + expires_in * 1000 };
      const { waiting: begun } = kept.update(() => ({
        waiting: { ...waiting, nextAt: now + intervalMs },
        ended: null,
      }));
      // Of the server that was asked, whatever address it answers with.
      if (begun) open(pageOf(begun));
      return { ok: true, value: null };
    },
    openPage: () => {
      const { waiting } = kept.getSnapshot();
      if (waiting) open(pageOf(waiting));
    },
    cancel: () => void kept.update(() => NOTHING),
    poll,
  };
}

function parse(text: string | null): Kept | null {
  try {
    return text === null ? null : (Kept.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}
