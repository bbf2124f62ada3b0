import type { Piece } from '@liasse/core';
import { useEffect, useState } from 'react';
import { usePlatform } from '../../app/context.tsx';
import type { CompletePort, CompletionOffer, CompletionResult, Outcome } from '../../app/platform.ts';
import { useEditable } from '../../app/room.tsx';
import { Button, useLanguage, useStrings, useToast } from '../../kit/index.ts';
import css from './completion.module.css';
import { completionStrings } from './completion.strings.ts';

/** *Compléter…*: what other sites hold of a page, fetched with the person's leave; where only another device could, that is said. */
export function CompletePiece({ piece }: { readonly piece: Piece }) {
  const t = useStrings(completionStrings);
  const { complete } = usePlatform();
  const editable = useEditable();
  if (piece.snapshot === null || !editable || piece.trashed !== null) return null;
  if (complete !== null) return <Offered key={piece.id} piece={piece} complete={complete} />;
  return piece.completion === null ? <p className={css.note}>{t('inExtension')}</p> : null;
}

function Offered({ piece, complete }: { readonly piece: Piece; readonly complete: CompletePort }) {
  const t = useStrings(completionStrings);
  const language = useLanguage();
  const toast = useToast();
  const [offer, setOffer] = useState<CompletionOffer | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isHere = true;
    void complete.offer(piece.id).then((found) => isHere && setOffer(found));
    return () => {
      isHere = false;
    };
  }, [complete, piece.id]);
  if (offer === null) return null;

  const press = async () => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await complete.run(piece.id, offer);
    setOffer(await complete.offer(piece.id));
    setBusy(false);
    toast.show({ message: messageOf(outcome) });
  };
  const messageOf = (outcome: Outcome<CompletionResult>): string => {
    if (!outcome.ok) return t(outcome.code === 'cancelled' ? 'refused' : 'failed');
    const { left, framesLeft } = outcome.value;
    return [
      t('completed'),
      ...(left > 0 ? [t('partly', { count: left })] : []),
      ...(framesLeft > 0 ? [t('frames')] : []),
    ].join(' ');
  };
  const names = offer.origins.map((origin) => new URL(origin).host);
  const sites = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  return (
    <div className={css.offer}>
      <Button onPress={() => void press()} busy={isBusy}>
        {t('complete')}
      </Button>
      <p className={css.note}>{t('asks', { count: names.length, sites })}</p>
    </div>
  );
}
