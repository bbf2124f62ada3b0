import { type DossierId, restorePiece, type SlipLine, trashPiece } from '@liasse/core';
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ellipsis,
  ExternalLink,
  FileText,
  PenLine,
  Trash2,
} from 'lucide-react';
import { usePlatform } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { IconButton, MenuItem, MenuSection, MenuSeparator, MenuTrigger, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { pieceMenuItems } from '../piece/pieceParts.ts';
import { useMoveLine } from './useMoveLine.ts';

interface SlipMenuProps {
  readonly dossierId: DossierId;
  readonly line: SlipLine;
  readonly count: number;
  readonly editable: boolean;
  readonly onRename: () => void;
}

/** Everything that can be done with a piece from the bordereau, its moves included. */
export function SlipMenu(props: SlipMenuProps) {
  const t = useStrings(dossierStrings);
  const { title } = props.line.latest;
  return (
    <MenuTrigger
      trigger={<IconButton icon={Ellipsis} label={t('actionsOn', { title })} tooltip={false} />}
      placement="bottom end"
    >
      <Items {...props} />
    </MenuTrigger>
  );
}

/** Apart, so that a row of two hundred puts nine commands into words only once its menu is open. */
function Items({ dossierId, line, count, editable, onRename }: SlipMenuProps) {
  const t = useStrings(dossierStrings);
  const platform = usePlatform();
  const run = useRun();
  const go = useGo();
  const move = useMoveLine();
  const { latest: piece, number } = line;
  const { id: pieceId, url } = piece;
  const trash = () =>
    run(
      trashPiece,
      { pieceId },
      {
        text: t('pieceTrashed', { title: piece.title }),
        undo: () => run(restorePiece, { pieceId }),
      },
    );

  return (
    <>
      <MenuItem icon={FileText} onAction={() => go(paths.piece(dossierId, pieceId))}>
        {t('open')}
      </MenuItem>
      {url !== null && (
        <MenuItem icon={ExternalLink} onAction={() => platform.openAddress(url)}>
          {t('openSource')}
        </MenuItem>
      )}
      {pieceMenuItems.map(({ id: part, Item }) => (
        <Item key={part} dossierId={dossierId} piece={piece} />
      ))}
      {editable && (
        <>
          <MenuItem icon={PenLine} onAction={onRename}>
            {t('rename')}
          </MenuItem>
          <MenuSection label={t('movePiece')}>
            <MenuItem icon={ArrowUp} isDisabled={number === 1} onAction={() => move(line, number - 2)}>
              {t('moveUp')}
            </MenuItem>
            <MenuItem icon={ArrowDown} isDisabled={number === count} onAction={() => move(line, number)}>
              {t('moveDown')}
            </MenuItem>
            <MenuItem icon={ArrowUpToLine} isDisabled={number === 1} onAction={() => move(line, 0)}>
              {t('moveFirst')}
            </MenuItem>
            <MenuItem icon={ArrowDownToLine} isDisabled={number === count} onAction={() => move(line, count)}>
              {t('moveLast')}
            </MenuItem>
          </MenuSection>
          <MenuSeparator />
          <MenuItem icon={Trash2} danger onAction={trash}>
            {t('toTrash')}
          </MenuItem>
        </>
      )}
    </>
  );
}
