import type { RoomVersion } from '@liasse/core/protocol';
import { useCallback, useMemo } from 'react';
import { useParams, useSearch } from 'wouter';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { Room } from '../app/room.tsx';
import {
  Button,
  cx,
  EmptyState,
  ErrorNote,
  RefusalNote,
  Screen,
  Skeleton,
  useOpenDoc,
  useRefusalText,
  useStrings,
} from '../kit/index.ts';
import { useAsked } from './useAsked.ts';
import { VersionList } from './VersionList.tsx';
import { VersionPreview } from './VersionPreview.tsx';
import { type Versioned, versionedAt } from './versioned.ts';
import css from './versions.module.css';
import { versionsStrings } from './versions.strings.ts';

/** What a document was at earlier moments: a list by day, and beside it what bringing one of them back would change. */
export default function VersionsScreen() {
  const t = useStrings(versionsStrings);
  const { team, local } = useWorkspace();
  const { dossierId, meetingId } = useParams<{ dossierId?: string; meetingId?: string }>();
  const versioned = useMemo(() => versionedAt(team.id, { dossierId, meetingId }), [team.id, dossierId, meetingId]);
  if (versioned === null || local) {
    return (
      <Screen title={t('versions')}>
        {versioned === null ? <RefusalNote code="not-found" /> : <EmptyState>{t('local')}</EmptyState>}
      </Screen>
    );
  }
  return (
    <Room name={versioned.room} undoable={versioned.undoable} fallback={<Waiting />}>
      <Versions versioned={versioned} />
    </Room>
  );
}

function Waiting() {
  const t = useStrings(versionsStrings);
  return (
    <Screen title={t('versions')}>
      <Skeleton count={6} height={44} />
    </Screen>
  );
}

function Versions({ versioned }: { readonly versioned: Versioned }) {
  const t = useStrings(versionsStrings);
  const { rooms } = usePlatform();
  const refusalText = useRefusalText();
  const { room, kind, path } = versioned;
  const title = versioned.titleOf(useOpenDoc().doc);
  const { answer, again } = useAsked(useCallback(() => rooms.versions(room), [rooms, room]));
  const chosen = useChosen(answer?.ok ? answer.value : []);
  const heading = title === null ? t('versionsOfBoard') : t('versionsOf', { title });
  const parents = {
    board: [{ label: t('board'), to: paths.board }],
    dossier: [
      { label: t('dossiers'), to: paths.dossiers },
      { label: title ?? '', to: path },
    ],
    meeting: [
      { label: t('meetings'), to: paths.meetings },
      { label: title ?? '', to: path },
    ],
  };
  usePage(t('versions'), parents[kind]);

  return (
    <Screen title={heading}>
      {answer === null && <Skeleton count={6} height={44} />}
      {answer?.ok === false && (
        <ErrorNote
          role="alert"
          happened={t('listFailed')}
          safe={t('safe')}
          todo={refusalText(answer.code)}
          actions={<Button onPress={again}>{t('retry')}</Button>}
        />
      )}
      {answer?.ok && answer.value.length === 0 && <EmptyState>{t('none')}</EmptyState>}
      {answer?.ok && answer.value.length > 0 && (
        <div className={cx(css.versions, chosen !== null && css.chosen)}>
          <VersionList versions={answer.value} chosen={chosen?.seq ?? null} path={versioned.versionsPath} />
          {chosen === null ? (
            <p className={css.choose}>{t('choose')}</p>
          ) : (
            <VersionPreview key={chosen.seq} versioned={versioned} version={chosen} />
          )}
        </div>
      )}
    </Screen>
  );
}

/** The version that the address names. */
function useChosen(versions: readonly RoomVersion[]): RoomVersion | null {
  const seq = Number(new URLSearchParams(useSearch()).get('version'));
  return versions.find((version) => version.seq === seq) ?? null;
}
