import { FolderInput } from 'lucide-react';
import { useEditable } from '../../app/room.tsx';
import { MenuItem, useStrings } from '../../kit/index.ts';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { useStartMove } from './moving.ts';

/** *Déplacer vers un autre dossier…* */
export function MoveItem({ piece }: PieceProps) {
  const t = useStrings(evidenceStrings);
  const start = useStartMove();
  const editable = useEditable();
  if (!editable || piece.trashed !== null) return null;
  return (
    <MenuItem icon={FolderInput} onAction={() => start(piece)}>
      {t('moveAcross')}
    </MenuItem>
  );
}
