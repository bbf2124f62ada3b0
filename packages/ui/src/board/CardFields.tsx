import {
  blockCard,
  type Card,
  columnsView,
  type DossierId,
  finishCard,
  linkDossier,
  renameCard,
  reopenCard,
  setCardDue,
  unblockCard,
} from '@liasse/core';
import { paths } from '../app/paths.ts';
import { useRun } from '../app/room.tsx';
import {
  ComboBox,
  DateField,
  Link,
  PeopleStack,
  Select,
  Switch,
  useFormat,
  useStrings,
  useView,
} from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import css from './CardFields.module.css';
import { CardPeople } from './CardPeople.tsx';
import { SavedText } from './SavedText.tsx';
import { useBoardActions } from './useBoardActions.ts';

/** Everything of a card, each field saved as it is left. */
export function CardFields({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { editable } = useBoard();
  const cardId = card.id;
  return (
    <div className={css.fields}>
      <Looking card={card} />
      <SavedText
        label={t('cardTitle')}
        value={card.title}
        isReadOnly={!editable}
        maxLength={300}
        onSave={(title) => title !== '' && run(renameCard, { cardId, title })}
      />
      <ColumnField card={card} />
      <DateField
        label={t('due')}
        value={card.due}
        isDisabled={!editable}
        onChange={(due) => run(setCardDue, { cardId, due })}
      />
      <CardPeople card={card} />
      <SavedText
        label={t('blockedReason')}
        hint={t('blockedHint')}
        value={card.blocked?.reason ?? ''}
        isReadOnly={!editable}
        maxLength={300}
        onSave={(reason) => (reason === '' ? run(unblockCard, { cardId }) : run(blockCard, { cardId, reason }))}
      />
      <DossierField card={card} />
      <DoneField card={card} />
      <Signatures card={card} />
    </div>
  );
}

function Looking({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const people = useBoard().lookingAt(card.id);
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join(', ');
  return (
    <p className={css.looking} role="status">
      <PeopleStack people={people.map((person) => ({ ...person, key: person.clientId }))} size="small" label={names} />
      <span>{t('looking', { count: people.length, names })}</span>
    </p>
  );
}

function ColumnField({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const { editable } = useBoard();
  const { items: columns } = useView(columnsView);
  const { moveCardTo } = useBoardActions();
  return (
    <Select
      label={t('column')}
      options={columns.map(({ id, title }) => ({ id: id as string, label: title }))}
      value={columns.some(({ id }) => id === card.place.columnId) ? card.place.columnId : null}
      placeholder={t('noColumn')}
      isDisabled={!editable}
      onChange={(columnId) => {
        if (columnId !== card.place.columnId) moveCardTo(card, columnId, Number.POSITIVE_INFINITY);
      }}
    />
  );
}

function DossierField({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { dossiers, editable } = useBoard();
  const { dossierId } = card;
  const linked = dossierId === null ? undefined : dossiers.get(dossierId);
  return (
    <div className={css.dossier}>
      <ComboBox<DossierId>
        label={t('dossier')}
        placeholder={t('noDossier')}
        options={[...dossiers.values()].map(({ id, title }) => ({ id, label: title }))}
        value={dossierId}
        isDisabled={!editable}
        hint={dossierId !== null && !linked ? t('unknownDossier') : undefined}
        onChange={(chosen) => run(linkDossier, { cardId: card.id, dossierId: chosen })}
      />
      {linked && (
        <Link href={paths.dossier(linked.id)} className={css.link ?? ''}>
          {t('openDossier', { title: linked.title })}
        </Link>
      )}
    </div>
  );
}

function DoneField({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const run = useRun();
  const { columns, editable } = useBoard();
  const byColumn = columns.get(card.place.columnId)?.holdsDone === true;
  return (
    <Switch
      isSelected={byColumn || card.done !== null}
      isDisabled={!editable || byColumn}
      {...(byColumn && { detail: t('finishedByColumn') })}
      onChange={(done) => run(done ? finishCard : reopenCard, { cardId: card.id })}
    >
      {t('finished')}
    </Switch>
  );
}

function Signatures({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const format = useFormat();
  const { personOf } = useBoard();
  const signed = ({ by, at }: Card['created']) => ({ name: personOf(by).name, when: format.dayTime(at) });
  return (
    <div className={css.signatures}>
      <p>{t('createdBy', signed(card.created))}</p>
      {card.done && <p>{t('finishedBy', signed(card.done))}</p>}
    </div>
  );
}
