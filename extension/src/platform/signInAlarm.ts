import type { Alarms } from '../background/drain.ts';

export const SIGN_IN_ALARM = 'sign-in';
/** The shortest period that Chromium keeps; Firefox makes a minute of it. */
const PERIOD_MINUTES = 0.5;

/** Has the worker woken as long as a sign-in waits for its person’s answer: the page that began it may be closed. */
export async function keepSignInAwake(alarms: Alarms, waits: boolean): Promise<void> {
  if (waits) await alarms.create(SIGN_IN_ALARM, { periodInMinutes: PERIOD_MINUTES });
  else await alarms.clear(SIGN_IN_ALARM);
}
