import { dossierRegisterView } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSearch } from 'wouter';
import { useWorkspace } from '../../app/context.tsx';
import { usePage } from '../../app/page.tsx';
import { paths } from '../../app/paths.ts';
import { Room, useEditable } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { Button, EmptyState, matches, Screen, SearchField, useStrings, useView } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useRememberedDossiers } from '../remembered.ts';
import { DossierRow } from './DossierRow.tsx';
import css from './list.module.css';
import { NewDossier } from './NewDossier.tsx';
import { RestrictedDossiers, useRestrictedRooms } from './RestrictedDossiers.tsx';

/** Every dossier of the team, as the register lists them. */
export default function DossiersScreen() {
  const { team } = useWorkspace();
  return (
    <Room name={boardRoom(team.id)} aside>
      <Dossiers />
    </Room>
  );
}

function Dossiers() {
  const t = useStrings(dossierStrings);
  usePage(t('dossiers'));
  const editable = useEditable();
  const { items, byId, unreadable } = useView(dossierRegisterView);
  const restricted = useRestrictedRooms(byId);
  const isEmpty = items.length === 0 && restricted.length === 0;
  const [query, setQuery] = useState('');
  const asked = new URLSearchParams(useSearch()).has('nouveau');
  const [pressed, setPressed] = useState(false);
  const adding = editable && (pressed || asked);
  const go = useGo();
  const stopAdding = () => {
    setPressed(false);
    if (asked) go(paths.dossiers, { replace: true });
  };
  useRememberedDossiers(items, null);
  const shown = items.filter(({ title }) => matches(title, query));
  const add = (
    <Button variant="primary" icon={Plus} onPress={() => setPressed(true)}>
      {t('newDossier')}
    </Button>
  );

  return (
    <Screen
      title={t('dossiers')}
      actions={editable && !adding && !isEmpty ? add : undefined}
      toolbar={
        items.length > 0 && (
          <div className={css.tools}>
            <SearchField label={t('filterDossiers')} value={query} onChange={setQuery} className={css.filter ?? ''} />
            <p role="status" className={css.count}>
              {t('dossierCount', { count: shown.length })}
            </p>
          </div>
        )
      }
    >
      {adding && <NewDossier onEnd={stopAdding} />}
      {isEmpty && !adding && (
        <EmptyState action={editable ? add : undefined}>{t(editable ? 'noDossier' : 'noDossierReader')}</EmptyState>
      )}
      {items.length > 0 && shown.length === 0 && (
        <EmptyState action={<Button onPress={() => setQuery('')}>{t('clearFilter')}</Button>}>
          {t('noDossierMatches')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <ul className={css.list}>
          {shown.map((entry) => (
            <DossierRow key={entry.id} entry={entry} editable={editable} />
          ))}
        </ul>
      )}
      {restricted.length > 0 && <RestrictedDossiers rooms={restricted} />}
      {unreadable > 0 && <p className={css.unreadable}>{t('unreadableEntries', { count: unreadable })}</p>}
    </Screen>
  );
}
