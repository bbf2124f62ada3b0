import type { DossierId, Piece } from '@liasse/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { ReceiptKeeper } from './evidence/ReceiptKeeper.tsx';
import { MovingContext } from './move/moving.ts';

const MovePieceDialog = lazy(async () => ({ default: (await import('./move/MovePieceDialog.tsx')).MovePieceDialog }));

/** What stands around the pieces of an open dossier, on its own screen and on theirs: their receipts, and the dialog that moves one away. */
export function PieceDesk({ dossierId, children }: { readonly dossierId: DossierId; readonly children: ReactNode }) {
  const [moving, setMoving] = useState<Piece | null>(null);
  return (
    <MovingContext value={setMoving}>
      <ReceiptKeeper />
      {children}
      {moving !== null && (
        <Suspense>
          <MovePieceDialog dossierId={dossierId} piece={moving} onClose={() => setMoving(null)} />
        </Suspense>
      )}
    </MovingContext>
  );
}
