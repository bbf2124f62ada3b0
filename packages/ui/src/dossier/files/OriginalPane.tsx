import type { OriginalFile, Piece } from '@liasse/core';
import { Download, ExternalLink } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { fileNameOf, saveFile } from '../../app/saveFile.ts';
import { Button, Skeleton, useFormat, useOpenDoc, useStrings } from '../../kit/index.ts';
import { BlobAway } from '../piece/BlobAway.tsx';
import type { PieceProps } from '../piece/pieceProps.ts';
import { useBlob } from '../piece/useBlob.ts';
import css from './files.module.css';
import { filesStrings } from './files.strings.ts';
import { useBlobAddress } from './useBlobAddress.ts';

const PdfPages = lazy(() => import('./PdfPages.tsx'));

/** Drawn by the browser without running anything. A drawing in XML runs nothing either while it is an image. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)$/;
/** What a tab of its own shows without the app’s powers, whatever the bytes are: by the type it is handed out under. */
const OPENED = /^(?:application\/pdf|image\/(?:png|jpeg|gif|webp|avif))$/;

const asIs = async (bytes: Blob): Promise<Blob> => bytes;

/** A piece’s file as it came: what it is, the way to have it, and a look at it where that is harmless. */
export default function OriginalPane({ piece }: PieceProps) {
  return piece.original === null ? null : <Original piece={piece} original={piece.original} />;
}

function Original({ piece, original }: { readonly piece: Piece; readonly original: OriginalFile }) {
  const t = useStrings(filesStrings);
  const format = useFormat();
  const { room } = useOpenDoc();
  const found = useBlob(room, original, asIs);
  const { name, type, bytes, pages, pixels, reading, hash } = original;
  const facts = [
    format.bytes(bytes),
    type,
    ...(pages === null ? [] : [t('pages', { count: pages })]),
    ...(pixels === null ? [] : [t('pixels', pixels)]),
  ];
  return (
    <section className={css.original}>
      <div className={css.file}>
        <div>
          <p className={css.name}>{name}</p>
          <p className={css.facts}>{facts.join(' · ')}</p>
          <p className={css.facts}>{t('fingerprint', { hash })}</p>
        </div>
        {found.kind === 'here' && (
          <>
            <Button
              icon={Download}
              onPress={() =>
                saveFile(fileNameOf(name), new Blob([found.content], { type: 'application/octet-stream' }))
              }
            >
              {t('download')}
            </Button>
            {OPENED.test(type) && <OpenInTab bytes={found.content} type={type} />}
          </>
        )}
      </div>
      {reading !== 'whole' && !(reading === 'none' && type.startsWith('image/')) && (
        <p className={css.note} role="status">
          {t(`unread_${reading}`)}
        </p>
      )}
      {found.kind === 'loading' && <Skeleton height={480} />}
      {found.kind === 'away' && <BlobAway by={piece.capturedBy} onRetry={found.retry} />}
      {found.kind === 'here' && SHOWN.test(type) && <Shown bytes={found.content} original={original} />}
      {found.kind === 'here' && type === 'application/pdf' && reading !== 'broken' && reading !== 'encrypted' && (
        <Suspense fallback={<Skeleton height={480} />}>
          <PdfPages bytes={found.content} name={name} />
        </Suspense>
      )}
    </section>
  );
}

function OpenInTab({ bytes, type }: { readonly bytes: Blob; readonly type: string }) {
  const t = useStrings(filesStrings);
  const address = useBlobAddress(bytes, type);
  return (
    <Button icon={ExternalLink} onPress={() => address !== null && window.open(address, '_blank', 'noopener')}>
      {t('openIn')}
    </Button>
  );
}

function Shown({ bytes, original: { type, name, pixels } }: { readonly bytes: Blob; readonly original: OriginalFile }) {
  const t = useStrings(filesStrings);
  const address = useBlobAddress(bytes, type);
  if (address === null) return null;
  return <img className={css.image} src={address} alt={t('imageOf', { name })} {...(pixels ?? {})} />;
}
