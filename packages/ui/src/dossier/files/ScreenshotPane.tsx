import type { Piece, Screenshot } from '@liasse/core';
import { Skeleton, useOpenDoc, useStrings } from '../../kit/index.ts';
import { BlobAway } from '../piece/BlobAway.tsx';
import type { PieceProps } from '../piece/pieceProps.ts';
import { useBlob } from '../piece/useBlob.ts';
import css from './files.module.css';
import { filesStrings } from './files.strings.ts';
import { useBlobAddress } from './useBlobAddress.ts';

/** The images of a page, one under the other without a seam. */
export default function ScreenshotPane({ piece }: PieceProps) {
  const t = useStrings(filesStrings);
  const { screenshot } = piece;
  if (screenshot === null) return null;
  const { tiles, width, height } = screenshot;
  return (
    <section className={css.shot}>
      <p className={css.facts}>{t('screenshotSize', { width, height })}</p>
      <div className={css.tiles}>
        {tiles.map((tile, at) => (
          <Tile
            key={tile.top}
            piece={piece}
            tile={tile}
            label={t('screenshotOf', { title: piece.title, number: at + 1, of: tiles.length })}
          />
        ))}
      </div>
    </section>
  );
}

const asIs = async (bytes: Blob): Promise<Blob> => bytes;

interface TileProps {
  readonly piece: Piece;
  readonly tile: Screenshot['tiles'][number];
  readonly label: string;
}

function Tile({ piece, tile, label }: TileProps) {
  const { room } = useOpenDoc();
  const found = useBlob(room, tile, asIs);
  if (found.kind === 'loading') return <Skeleton height={240} />;
  if (found.kind === 'away') return <BlobAway by={piece.capturedBy} onRetry={found.retry} />;
  return <TileImage bytes={found.content} type={tile.type} label={label} />;
}

function TileImage({ bytes, type, label }: { readonly bytes: Blob; readonly type: string; readonly label: string }) {
  const address = useBlobAddress(bytes, type);
  return address === null ? null : <img src={address} alt={label} />;
}
