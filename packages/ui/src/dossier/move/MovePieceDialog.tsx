import { type DossierId, dossierRegisterView, type Piece } from '@liasse/core';
import { useState } from 'react';
import { Button, ComboBox, Dialog, useSnapshot, useStrings } from '../../kit/index.ts';
import { BoardAside, useBoardAside } from '../boardAside.tsx';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import { useMoveAcross } from './useMoveAcross.ts';

interface MovePieceDialogProps {
  readonly dossierId: DossierId;
  readonly piece: Piece;
  readonly onClose: () => void;
}

/** Which dossier a piece goes to: found by typing. */
export function MovePieceDialog(props: MovePieceDialogProps) {
  return (
    <BoardAside>
      <Picker {...props} />
    </BoardAside>
  );
}

function Picker({ dossierId, piece, onClose }: MovePieceDialogProps) {
  const t = useStrings(evidenceStrings);
  const { items } = useSnapshot(dossierRegisterView(useBoardAside().doc));
  const others = items.filter(({ id }) => id !== dossierId);
  const moveAcross = useMoveAcross();
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const target = others.find(({ id }) => id === to);

  const move = async () => {
    if (target === undefined) return;
    setBusy(true);
    const moved = await moveAcross({ pieceId: piece.id, from: dossierId, to: target.id as DossierId }, target.title);
    setBusy(false);
    if (moved) onClose();
  };
  return (
    <Dialog
      title={t('moveAcrossTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="primary" busy={busy} isDisabled={target === undefined} onPress={() => void move()}>
            {t('moveHere')}
          </Button>
        </>
      }
    >
      <p>{piece.title}</p>
      {others.length === 0 ? (
        <p>{t('noOtherDossier')}</p>
      ) : (
        <ComboBox
          label={t('moveAcrossTo')}
          placeholder={t('moveExample')}
          autoFocus
          options={others.map(({ id, title }) => ({ id: id as string, label: title }))}
          value={to}
          onChange={setTo}
        />
      )}
    </Dialog>
  );
}
