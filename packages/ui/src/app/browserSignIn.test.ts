import { AccountId } from '@liasse/core';
import type { DeviceGrantError, DeviceToken, Session } from '@liasse/core/protocol';
import type { DevicesClient, HttpServer, Locks } from '@liasse/core/replica';
import { expect, test } from 'vitest';
import { makeBrowserSignIn } from './browserSignIn.ts';
import type { KeyStore } from './keyStore.ts';
import type { BrowserSignInPort } from './platform.ts';

const ORIGIN = 'https://liasse.example';
const ACCOUNT = {
  id: AccountId.parse('account-1'),
  name: 'Amira Benali',
  email: 'amira@example.org',
  serverOwner: false,
};
const TOKEN: DeviceToken = { access_token: 'b'.repeat(20), token_type: 'Bearer', me: { account: ACCOUNT, teams: [] } };
type Answer = Awaited<ReturnType<DevicesClient['fetchSession']>>;
const no = (code: DeviceGrantError | 'offline'): Answer =>
  code === 'offline' ? { ok: false, code } : { ok: false, code };

/** One device: a clock that a test moves, its storage, its locks, and the server that it asks. */
class Device {
  now = 0;
  readonly values = new Map<string, string>();
  readonly opened: string[] = [];
  readonly entered: string[] = [];
  readonly signedOut: (string | null)[] = [];
  /** When the server was asked, and what it answers next; the last answer stands. */
  readonly asked: number[] = [];
  answers: Answer[] = [no('authorization_pending')];
  allowed = true;
  hold: Promise<void> | null = null;
  #timers: { at: number; run: () => void }[] = [];
  #locked = new Set<string>();
  readonly #heard: ((key: string) => void)[] = [];

  /** A page, or the worker. `timers`: a closed page has none. */
  context(options: { readonly timers: 'run' | 'gone' } = { timers: 'run' }): BrowserSignInPort {
    const locks: Pick<Locks, 'tryExclusive'> = {
      tryExclusive: async (name) => {
        if (this.#locked.has(name)) return null;
        this.#locked.add(name);
        return () => this.#locked.delete(name);
      },
    };
    const store: KeyStore = {
      read: (key) => this.values.get(key) ?? null,
      write: (key, text) => {
        if (text === null) this.values.delete(key);
        else this.values.set(key, text);
        queueMicrotask(() => {
          for (const hear of this.#heard) hear(key);
        });
      },
      onElsewhere: (listener) => {
        this.#heard.push(listener);
        return () => {};
      },
    };
    const devices: Pick<DevicesClient, 'askIn' | 'fetchSession'> = {
      askIn: async () => ({
        ok: true,
        value: {
          ...{ device_code: 'd'.repeat(48), user_code: 'WDJB-MJHT', expires_in: 600, interval: 5 },
          verification_uri: 'https://ailleurs.example/appareil',
        },
      }),
      fetchSession: async () => {
        this.asked.push(this.now);
        await this.hold;
        return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? no('offline');
      },
    };
    const serverAt = (_origin: string, bearer: () => string | null) =>
      ({
        devices,
        accounts: {
          signOut: async () => {
            this.signedOut.push(bearer());
            return { ok: true, value: { leaveAt: null } };
          },
        },
      }) as unknown as HttpServer;
    return makeBrowserSignIn(
      { store, serverAt, clock: { now: () => this.now } },
      {
        timers: {
          after: (delayMs, run) => {
            const timer = { at: this.now + delayMs, run };
            if (options.timers === 'run') this.#timers.push(timer);
            return () => {
              this.#timers = this.#timers.filter((other) => other !== timer);
            };
          },
        },
        locks: locks as Locks,
        open: (url) => this.opened.push(url),
        allows: async () => this.allowed,
      },
      async (origin: string, session: Session) => {
        this.entered.push(`${origin} ${session.bearer}`);
        return { ok: true, value: session.me };
      },
    );
  }

  /** What held a lock has died: the browser gives it back. */
  letGoOfLocks(): void {
    this.#locked.clear();
  }

  /** Lets time pass, second by second. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.now += 1_000;
      const due = this.#timers.filter(({ at }) => at <= this.now);
      this.#timers = this.#timers.filter(({ at }) => at > this.now);
      for (const { run } of due) run();
      await settle();
    }
  }
}
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test('[J20] a code is shown, the page opened, and the server asked as often as it said', async () => {
  const device = new Device();
  const page = device.context();
  expect(await page.start('liasse.example')).toEqual({ ok: true, value: null });
  expect(page.state.getSnapshot().waiting).toEqual({ server: ORIGIN, code: 'WDJB-MJHT', expiresAt: 600_000 });
  expect(device.opened).toEqual([`${ORIGIN}/appareil#WDJB-MJHT`]);
  await device.pass(16);
  expect(device.asked).toEqual([5_000, 10_000, 15_000]);
  device.answers = [{ ok: true, value: TOKEN }];
  await device.pass(5);
  expect(device.entered).toEqual([`${ORIGIN} ${TOKEN.access_token}`]);
  expect(page.state.getSnapshot()).toEqual({ waiting: null, ended: null });
  await device.pass(60);
  expect(device.asked).toHaveLength(4);
  // What fetched it is gone from the device.
  expect([...device.values.values()].join()).not.toContain('dddd');
});

test('[J20] a server that is asked too often or does not answer is asked less often', async () => {
  const device = new Device();
  await device.context().start(ORIGIN);
  device.answers = [
    no('slow_down'),
    no('authorization_pending'),
    no('offline'),
    no('offline'),
    no('authorization_pending'),
  ];
  await device.pass(120);
  expect(device.asked).toEqual([5_000, 15_000, 25_000, 45_000, 85_000]);
});

test('[J21] the page closes and another goes on, or the worker; of several one asks at a time', async () => {
  const device = new Device();
  await device.context({ timers: 'gone' }).start(ORIGIN);
  await device.pass(30);
  expect(device.asked).toEqual([]);
  const worker = device.context({ timers: 'gone' });
  await worker.poll();
  await worker.poll();
  expect(device.asked).toEqual([30_000]);

  const [one, other] = [device.context(), device.context()];
  await device.pass(11);
  expect(device.asked).toEqual([30_000, 35_000, 40_000]);
  device.answers = [{ ok: true, value: TOKEN }];
  await device.pass(10);
  expect(device.entered).toHaveLength(1);
  for (const context of [one, other]) expect(context.state.getSnapshot().waiting).toBeNull();
});

test('[J21] one that dies while it asks leaves the next one waiting as long as the server wants', async () => {
  const device = new Device();
  await device.context({ timers: 'gone' }).start(ORIGIN);
  await device.pass(5);
  device.hold = new Promise(() => {});
  void device.context({ timers: 'gone' }).poll();
  await settle();
  device.letGoOfLocks();
  device.hold = null;
  const next = device.context({ timers: 'gone' });
  await next.poll();
  expect(device.asked).toEqual([5_000]);
  await device.pass(5);
  await next.poll();
  expect(device.asked).toEqual([5_000, 10_000]);
});

test('[J21] a refusal, an end and a forgotten code are said, once, and nothing goes on', async () => {
  for (const [answer, code] of [
    ['access_denied', 'cancelled'],
    ['expired_token', 'expired'],
    ['invalid_grant', 'used'],
  ] as const) {
    const device = new Device();
    const page = device.context();
    await page.start(ORIGIN);
    device.answers = [no(answer)];
    await device.pass(30);
    expect(page.state.getSnapshot()).toEqual({ waiting: null, ended: { server: ORIGIN, code } });
    expect(device.asked).toHaveLength(1);
    page.cancel();
    expect(page.state.getSnapshot().ended).toBeNull();
  }
  const late = new Device();
  const page = late.context({ timers: 'gone' });
  await page.start(ORIGIN);
  await late.pass(600);
  await page.poll();
  expect(page.state.getSnapshot().ended).toEqual({ server: ORIGIN, code: 'expired' });
  expect(late.asked).toEqual([]);
});

test('[J22] a server that the administration does not allow is not asked: neither for a code, nor any more', async () => {
  const device = new Device();
  const page = device.context();
  device.allowed = false;
  expect(await page.start(ORIGIN)).toEqual({ ok: false, code: 'server-not-allowed' });
  expect(device.opened).toEqual([]);
  device.allowed = true;
  await page.start(ORIGIN);
  device.allowed = false;
  await device.pass(20);
  expect(device.asked).toEqual([]);
  expect(page.state.getSnapshot().ended).toEqual({ server: ORIGIN, code: 'server-not-allowed' });
});

test('[J20] given up while the answer is on its way, the session that comes is ended and nobody’s', async () => {
  const device = new Device();
  const page = device.context();
  await page.start(ORIGIN);
  let arrive = () => {};
  device.hold = new Promise((resolve) => {
    arrive = resolve;
  });
  device.answers = [{ ok: true, value: TOKEN }];
  await device.pass(5);
  page.cancel();
  arrive();
  await settle();
  expect(device.entered).toEqual([]);
  expect(device.signedOut).toEqual([TOKEN.access_token]);
});

test('[J21] what is kept and cannot be read is nothing', () => {
  const device = new Device();
  device.values.set('browser-sign-in', '{"waiting":42}');
  expect(device.context().state.getSnapshot()).toEqual({ waiting: null, ended: null });
});
