import { useEffect, useMemo, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { KnownForm } from '../messaging/contract.ts';
import type { SeenTab } from '../platform/tab.ts';
import { takesOf } from './takes.ts';

/** A form of several steps is filled within a working day. */
const BEGUN_WITHIN_MS = 12 * 60 * 60_000;

const NONE: readonly KnownForm[] = [];

/** The forms of this site that this device knows. `begun`: those that the page in front may be the next step of, the latest first. */
export function useForms(
  seen: SeenTab,
  team: string | null,
): { readonly known: readonly KnownForm[]; readonly begun: readonly KnownForm[] } {
  const [known, setKnown] = useState(NONE);
  const hasForm = takesOf(seen).includes('form');
  const { url } = seen;
  useEffect(() => {
    if (!hasForm) return;
    void ask(browser.runtime.sendMessage, 'forms.known', { team, url }).then((answer) =>
      setKnown(answer.ok ? answer.value.forms : NONE),
    );
  }, [hasForm, team, url]);
  const begun = useMemo(() => begunAmong(known, Date.now()), [known]);
  return { known, begun };
}

/** @param now - ms */
export const begunAmong = (known: readonly KnownForm[], now: number): readonly KnownForm[] =>
  known.filter(({ capturedAt }) => now - capturedAt < BEGUN_WITHIN_MS).toSorted((a, b) => b.capturedAt - a.capturedAt);
