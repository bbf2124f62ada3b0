import { browser } from 'wxt/browser';
import { sitePattern } from '../background/complete/sitePermissions.ts';
import { ask } from '../messaging/ask.ts';
import type { Granted } from '../messaging/contract.ts';

/** Which sites could be asked, and which of them need no question. */
export interface Offer {
  readonly origins: readonly string[];
  readonly held: readonly string[];
}

type Completed =
  | { readonly ok: true; readonly value: Granted<'complete.start'> }
  | { readonly ok: false; readonly code: 'cancelled' | 'not-found' | 'page-not-granted' | 'internal' };

/** Which sites could be asked for what is missing from a piece; null where there are none. */
export async function completionOf(team: string | null, pieceId: string): Promise<Offer | null> {
  const answer = await ask(browser.runtime.sendMessage, 'complete.offer', { team, pieceId });
  return answer.ok && answer.value.origins.length > 0 ? answer.value : null;
}

/**
 * Asks the person for the sites, by the browser's own question, and has them fetched from. Call it in the turn of the press: browsers
 * ask nothing otherwise. Their question may close the popup; the worker, which is told first, hears the answer too.
 */
export async function completeWithLeave(
  team: string | null,
  pieceId: string,
  { origins, held }: Offer,
): Promise<Completed> {
  const asked = ask(browser.runtime.sendMessage, 'complete.ask', {
    ...{ team, pieceId },
    ...{ origins: [...origins], held: [...held] },
  });
  const isGranted = await browser.permissions.request({ origins: origins.map(sitePattern) }).catch(() => false);
  if (!isGranted) return { ok: false, code: 'cancelled' };
  if (!(await asked).ok) return { ok: false, code: 'not-found' };
  const answer = await ask(browser.runtime.sendMessage, 'complete.start', { team, pieceId });
  if (answer.ok) return answer;
  return { ok: false, code: answer.code === 'page-not-granted' ? answer.code : 'internal' };
}
