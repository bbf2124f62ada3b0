import type { MeetingId } from '@liasse/core';
import { Ellipsis, History, Printer, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../app/context.tsx';
import { paths, versionPaths } from '../app/paths.ts';
import { IconButton, MenuItem, MenuTrigger, useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';
import { useMeetingActions } from './useMeetingActions.ts';

interface MeetingMenuProps {
  readonly meetingId: MeetingId;
  readonly title: string;
}

/** What can be done to the whole meeting. */
export function MeetingMenu({ meetingId, title }: MeetingMenuProps) {
  const t = useStrings(meetingStrings);
  const { trash } = useMeetingActions();
  const [, navigate] = useLocation();
  const { local } = useWorkspace();
  const leave = async () => {
    await trash(meetingId);
    navigate(paths.meetings);
  };
  return (
    <MenuTrigger
      placement="bottom end"
      trigger={<IconButton icon={Ellipsis} label={t('actionsOf', { title })} tooltip={false} />}
    >
      <MenuItem icon={Printer} onAction={() => window.print()}>
        {t('print')}
      </MenuItem>
      {!local && (
        <MenuItem icon={History} onAction={() => navigate(versionPaths.meeting(meetingId))}>
          {t('versions')}
        </MenuItem>
      )}
      <MenuItem icon={Trash2} onAction={() => void leave()}>
        {t('toTrash')}
      </MenuItem>
    </MenuTrigger>
  );
}
