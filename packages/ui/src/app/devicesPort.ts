import type { AccountsClient, DevicesClient } from '@liasse/core/replica';
import type { DevicesPort, Outcome } from './platform.ts';

/**
 * @param asMember - asks the server signed in to, and notes a session that is over
 * @param left - the session of this device has ended with all the others; where to go to leave the identity provider as well
 */
export function makeDevicesPort(
  asMember: <T>(ask: (accounts: AccountsClient, devices: DevicesClient) => Promise<Outcome<T>>) => Promise<Outcome<T>>,
  left: (leaveAt: string | null) => Promise<void>,
): DevicesPort {
  return {
    list: () => asMember((_, devices) => devices.list()),
    end: (session) => asMember((_, devices) => devices.end(session)),
    endAll: async () => {
      const outcome = await asMember((_, devices) => devices.endAll());
      if (!outcome.ok) return outcome;
      await left(outcome.value.leaveAt);
      return { ok: true, value: null };
    },
    look: (userCode) => asMember((_, devices) => devices.look(userCode)),
    answer: (userCode, answer) => asMember((_, devices) => devices.answer(userCode, answer === 'allow')),
  };
}
