import { roomParts } from '@liasse/core/protocol';
import { useReplica, useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { useRoomName } from '../app/useRoomName.ts';
import { EmptyState, Screen, useSnapshot, useStrings } from '../kit/index.ts';
import { DraftSection } from './DraftSection.tsx';
import css from './DraftsScreen.module.css';
import { draftStrings } from './draft.strings.ts';

/** What the server refused of the team on screen, the last first. */
export function DraftsScreen() {
  const t = useStrings(draftStrings);
  usePage(t('title'));
  const { team } = useWorkspace();
  const nameOf = useRoomName();
  const drafts = useSnapshot(useReplica().drafts).filter(({ room }) => roomParts(room).team === team.id);
  return (
    <Screen title={t('title')} width="reading" meta={t('meta')}>
      <div className={css.drafts}>
        {drafts.toReversed().map((draft) => (
          <DraftSection key={draft.draftId} draft={draft} name={nameOf(draft.room)} />
        ))}
      </div>
      {drafts.length === 0 && <EmptyState>{t('empty')}</EmptyState>}
    </Screen>
  );
}
