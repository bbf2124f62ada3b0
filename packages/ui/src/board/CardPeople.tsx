import { type AccountId, assignPerson, type Card, unassignPerson } from '@liasse/core';
import { X } from 'lucide-react';
import { useId } from 'react';
import { useMembers } from '../app/people.ts';
import { useRun } from '../app/room.tsx';
import { Avatar, ComboBox, IconButton, useOpenDoc, useSnapshot, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import css from './CardPeople.module.css';

/** Who a card is for: its people, and a field to add members of the team or whoever is here. */
export function CardPeople({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { editable, personOf } = useBoard();
  const offered = useOffered(card);
  const heading = useId();
  const cardId = card.id;
  return (
    <section aria-labelledby={heading} className={css.people}>
      <h3 id={heading}>{t('people')}</h3>
      {card.people.length > 0 && (
        <ul className={css.list}>
          {card.people.map((account) => (
            <li key={account} className={css.person}>
              <Avatar person={personOf(account)} size="small" decorative />
              <span className={css.name}>{personOf(account).name}</span>
              {editable && (
                <IconButton
                  icon={X}
                  label={t('removePerson', { name: personOf(account).name })}
                  size="compact"
                  tooltip={false}
                  onPress={() => run(unassignPerson, { cardId, account })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <ComboBox<AccountId>
          // A new field after each choice: it never shows the person just added.
          key={card.people.join()}
          label={t('addPerson')}
          hideLabel
          placeholder={t('addPerson')}
          options={offered}
          value={null}
          onChange={(account) => account !== null && run(assignPerson, { cardId, account })}
        />
      )}
    </section>
  );
}

/** Members, and people here whom the list of members does not name yet, without those already on the card. */
function useOffered(card: Card): readonly { readonly id: AccountId; readonly label: string }[] {
  const members = useMembers();
  const here = useSnapshot(useOpenDoc().people);
  const names = new Map<AccountId, string>();
  for (const { account, name } of here) names.set(account, name);
  for (const { accountId, name } of members) names.set(accountId, name);
  return [...names]
    .filter(([account]) => !card.people.includes(account))
    .map(([id, label]) => ({ id, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'fr'));
}
