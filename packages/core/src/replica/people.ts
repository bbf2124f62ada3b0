import type { Awareness } from 'y-protocols/awareness';
import { z } from 'zod';
import { AccountId, colourOf, compare } from '../index.ts';
import { StateView } from './syncState.ts';
import type { Presence } from './types.ts';

const Someone = z.object({
  user: z.object({ account: AccountId, name: z.string().max(200) }),
  place: z.string().max(200).nullish(),
});

/**
 * Who has the document open, oneself first. The server fills in who the others are; a state without that is nobody.
 *
 * @param person - oneself: what one's own state says of it is never read back
 */
export function peopleOf(
  awareness: Awareness,
  person: { account: AccountId; name: string },
): StateView<readonly Presence[]> {
  const read = (): readonly Presence[] =>
    [...awareness.getStates()]
      .flatMap(([clientId, state]): Presence[] => {
        const self = clientId === awareness.clientID;
        const parsed = Someone.safeParse(self ? { ...state, user: person } : state);
        if (!parsed.success) return [];
        const { user, place } = parsed.data;
        return [{ clientId, ...user, colour: colourOf(user.account), place: place ?? null, self }];
      })
      .sort((a, b) => Number(b.self) - Number(a.self) || compare(a.name, b.name) || a.clientId - b.clientId);
  const view = new StateView(read, (a, b) => JSON.stringify(a) === JSON.stringify(b));
  awareness.on('change', () => view.refresh());
  return view;
}
