import { useEffect, useState } from 'react';
import { completeWithLeave, completionOf, type Offer } from '../platform/completing.ts';
import css from './popup.module.css';
import { joined, type PopupStrings } from './popup.strings.ts';

interface CompleteProps {
  readonly team: string;
  readonly pieceId: string;
  readonly strings: PopupStrings;
}

type State = 'offered' | 'busy' | { readonly said: string };

/** *Compléter…*, just after the capture: the page is still open, so its frames of other sites can be read too. */
export function Complete({ team, pieceId, strings }: CompleteProps) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [state, setState] = useState<State>('offered');
  useEffect(() => void completionOf(team, pieceId).then(setOffer), [team, pieceId]);
  if (offer === null) return null;
  if (typeof state === 'object') {
    return (
      <p className={css.note} role="status">
        {state.said}
      </p>
    );
  }
  const press = async () => {
    if (state === 'busy') return;
    setState('busy');
    const outcome = await completeWithLeave(team, pieceId, offer);
    setState({ said: saidOf(outcome, strings) });
  };
  const sites = offer.origins.map((origin) => new URL(origin).host);
  return (
    <button type="button" className={css.secondary} aria-disabled={state === 'busy'} onClick={() => void press()}>
      {strings.complete(joined(sites, strings))}
    </button>
  );
}

function saidOf(outcome: Awaited<ReturnType<typeof completeWithLeave>>, strings: PopupStrings): string {
  if (!outcome.ok) return strings.notCompleted;
  return outcome.value.left === 0 ? strings.completed : strings.partly;
}
