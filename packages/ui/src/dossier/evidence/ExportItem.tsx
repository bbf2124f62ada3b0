import { Refusal } from '@liasse/core';
import { FileArchive } from 'lucide-react';
import { usePlatform, useReplica } from '../../app/context.tsx';
import { fileNameOf, saveFile } from '../../app/saveFile.ts';
import { MenuItem, useOpenDoc, useStrings, useToast } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { evidenceStrings } from './evidence.strings.ts';
import { useMoment } from './useMoment.ts';

/** *Exporter (zip)*: the piece as an archive that a stranger can check. What makes it is loaded when it is asked for. */
export function ExportItem({ piece }: PieceProps) {
  const t = useStrings(evidenceStrings);
  const { doc, room } = useOpenDoc();
  const replica = useReplica();
  const { receipts, clock } = usePlatform();
  const toast = useToast();
  const moment = useMoment();
  const who = useWho();
  const { title, url, site, capturedAt, capturedBy } = piece;
  const about = [
    ...(url === null ? [] : [{ label: t('aboutPage'), value: url, href: url }]),
    ...(site === '' ? [] : [{ label: t('aboutSite'), value: site }]),
    { label: t('aboutCaptured'), value: t('capturedBy', { when: moment(capturedAt), who: who(capturedBy) }) },
  ];

  const save = async () => {
    const [{ exportPiece }, { hashOf }] = await Promise.all([
      import('./export/exportPiece.ts'),
      import('@liasse/core/replica'),
    ]);
    const blob = replica.blobs.get.bind(replica.blobs, room);
    try {
      const keys = await receipts.keys();
      saveFile(`${fileNameOf(title)}.zip`, await exportPiece(doc, piece, { blob, hashOf, keys, about }, clock.now()));
      toast.show({ message: t('exported') });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast.show({ message: t('exportAway') });
    }
  };
  const nothing = piece.manifest === null;
  return (
    <MenuItem
      icon={FileArchive}
      isDisabled={nothing}
      {...(nothing && { detail: t('exportNothing') })}
      onAction={() => void save()}
    >
      {t('exportPiece')}
    </MenuItem>
  );
}
