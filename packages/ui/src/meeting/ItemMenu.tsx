import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, Ellipsis, MoveVertical, Trash2 } from 'lucide-react';
import { IconButton, MenuItem, MenuTrigger, Submenu, useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';

interface ItemMenuProps {
  readonly number: number;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** What can be done to an item: everything that dragging does, and taking it off. */
export function ItemMenu({ number, index, count, onMove, onRemove }: ItemMenuProps) {
  const t = useStrings(meetingStrings);
  const isFirst = index === 0;
  const isLast = index === count - 1;
  return (
    <MenuTrigger
      placement="bottom end"
      trigger={<IconButton icon={Ellipsis} label={t('itemActions', { number })} size="compact" tooltip={false} />}
    >
      <Submenu label={t('moveTo')} icon={MoveVertical}>
        <MenuItem icon={ArrowUpToLine} isDisabled={isFirst} onAction={() => onMove(0)}>
          {t('toTop')}
        </MenuItem>
        <MenuItem icon={ArrowUp} isDisabled={isFirst} onAction={() => onMove(index - 1)}>
          {t('up')}
        </MenuItem>
        <MenuItem icon={ArrowDown} isDisabled={isLast} onAction={() => onMove(index + 1)}>
          {t('down')}
        </MenuItem>
        <MenuItem icon={ArrowDownToLine} isDisabled={isLast} onAction={() => onMove(count - 1)}>
          {t('toEnd')}
        </MenuItem>
      </Submenu>
      <MenuItem icon={Trash2} onAction={onRemove}>
        {t('removeItem')}
      </MenuItem>
    </MenuTrigger>
  );
}
