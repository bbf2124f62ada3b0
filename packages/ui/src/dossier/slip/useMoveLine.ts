import { movePiece, piecesView, rankAt, type SlipLine, slipLines, trashedPiecesView } from '@liasse/core';
import { useCallback } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { useRun } from '../../app/room.tsx';
import { announce, useOpenDoc, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';

/** Moves a line to an index of the bordereau counted without it, and says its new number to those who hear the screen. */
export function useMoveLine(): (line: SlipLine, index: number) => void {
  const open = useOpenDoc();
  const run = useRun();
  const { random } = usePlatform();
  const t = useStrings(dossierStrings);
  return useCallback(
    ({ latest }, index) => {
      const lines = () =>
        slipLines(piecesView(open.doc).getSnapshot().items, trashedPiecesView(open.doc).getSnapshot().items);
      const before = lines();
      const line = before.find(({ versions }) => versions.some(({ id }) => id === latest.id));
      const first = line?.versions[0];
      if (line === undefined || first === undefined) return;
      const others = before.filter((other) => other !== line).flatMap(({ versions }) => versions[0] ?? []);
      const at = Math.max(0, Math.min(index, others.length));
      if (line.number === at + 1) return;
      const moved = run(movePiece, { pieceId: first.id, rank: rankAt(others, at, random) });
      if (!moved.ok) return;
      const after = lines();
      const number = after.find(({ versions }) => versions.some(({ id }) => id === latest.id))?.number ?? at + 1;
      announce(t('pieceMoved', { title: latest.title, number, count: after.length }));
    },
    [open, run, random, t],
  );
}
