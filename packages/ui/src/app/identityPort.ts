import type { IdentityEntry } from '@liasse/core/protocol';
import { z } from 'zod';
import type { AccountPorts, WebPorts } from './accountPorts.ts';
import type { IdentityPort, Outcome } from './platform.ts';

const KEY = 'liasse.identity';
const Errand = z.object({ link: z.string().nullable(), next: z.string().nullable() });

/**
 * Signing in at the server’s identity provider: the tab goes there, comes back to `/connexion`, and goes on where it was.
 *
 * @param enter - takes in the session that was opened; null when an identity was only attached
 */
export function makeIdentityPort(
  ports: Pick<AccountPorts, 'serverAt'>,
  { origin, goTo, tab }: WebPorts,
  enter: (entry: IdentityEntry) => Promise<Outcome<unknown>>,
): IdentityPort {
  const devices = ports.serverAt(origin, () => null).devices;
  let finishing: ReturnType<IdentityPort['finish']> | null = null;

  async function finish(errand: z.infer<typeof Errand>): ReturnType<IdentityPort['finish']> {
    const outcome = await devices.finishIdentity();
    if (!outcome.ok) return outcome;
    const entered = await enter(outcome.value);
    if (!entered.ok) return entered;
    const { followed, attached } = outcome.value;
    // Who is known already comes in without using the link up: they follow it as whom they are.
    const next = errand.link !== null && !followed ? `~/rejoindre#${errand.link}` : errand.next;
    return { ok: true, value: { next, attached } };
  }
  return {
    ways: () => devices.ways(),
    start: async ({ purpose = 'sign-in', link = null, next = null }) => {
      const asked = await devices.startIdentity({ purpose, ...(link !== null && { link }) });
      if (!asked.ok) return asked;
      tab.setItem(KEY, JSON.stringify({ link, next }));
      goTo(asked.value.url);
      return { ok: true, value: null };
    },
    own: () => devices.ownIdentity(),
    detach: () => devices.detachIdentity(),
    isBack: () => finishing !== null || tab.getItem(KEY) !== null,
    finish: () => {
      if (finishing === null) {
        const errand = parse(tab.getItem(KEY));
        tab.removeItem(KEY);
        finishing = finish(errand);
        void finishing.finally(() => {
          finishing = null;
        });
      }
      return finishing;
    },
  };
}

function parse(text: string | null): z.infer<typeof Errand> {
  const nothing = { link: null, next: null };
  try {
    return text === null ? nothing : (Errand.safeParse(JSON.parse(text)).data ?? nothing);
  } catch {
    return nothing;
  }
}
