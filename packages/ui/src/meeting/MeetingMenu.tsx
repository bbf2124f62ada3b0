import type { MeetingId } from '@liasse/core';
import { Ellipsis, Printer, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
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
      <MenuItem icon={Trash2} onAction={() => void leave()}>
        {t('toTrash')}
      </MenuItem>
    </MenuTrigger>
  );
}
