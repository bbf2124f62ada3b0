import type { OpenDoc } from '@liasse/core/replica';
import { PeopleStack } from '../../kit/people/PeopleStack.tsx';
import { useSnapshot } from '../../kit/useView.ts';
import { useOnScreen } from '../page.tsx';

/** Who else has the document on screen open. Alone, nothing. */
export function PeopleHere() {
  const onScreen = useOnScreen();
  return onScreen && <OfTopmost onScreen={onScreen} />;
}

function OfTopmost({ onScreen }: { readonly onScreen: NonNullable<ReturnType<typeof useOnScreen>> }) {
  const open = useSnapshot(onScreen.document);
  return open && <Others open={open} />;
}

function Others({ open }: { readonly open: OpenDoc }) {
  const people = useSnapshot(open.people);
  // One person in three tabs is one person.
  const others = new Map(people.filter(({ self }) => !self).map((person) => [person.account, person]));
  return (
    <PeopleStack
      people={[...others.values()].map(({ account, name, colour }) => ({ key: account, name, colour }))}
      size="small"
    />
  );
}
