import type { DossierId } from '@liasse/core';
import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { usePlatform } from '../../app/context.tsx';
import type { ClipPort } from '../../app/platform.ts';
import { Button, useRefusalText, useSnapshot, useStrings, useToast } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import css from './slip.module.css';

/** In the side panel: the page beside it, and the way it takes into this dossier. Elsewhere nothing. */
export function ClipHere({ dossierId }: { readonly dossierId: DossierId }) {
  const { clip } = usePlatform();
  return clip === null ? null : <PageBeside clip={clip} dossierId={dossierId} />;
}

function PageBeside({ clip, dossierId }: { readonly clip: ClipPort; readonly dossierId: DossierId }) {
  const t = useStrings(dossierStrings);
  const refusalText = useRefusalText();
  const toast = useToast();
  const page = useSnapshot(clip.page);
  const [busy, setBusy] = useState(false);
  if (!page.ok) {
    return (
      <p role="status" className={css.beside}>
        {refusalText(page.code)}
      </p>
    );
  }

  const take = async () => {
    setBusy(true);
    const outcome = await clip.clip(dossierId);
    setBusy(false);
    toast.show({ message: outcome.ok ? t('pageClipped') : refusalText(outcome.code) });
  };
  return (
    <section aria-label={t('pageBeside')} className={css.beside}>
      <p className={css.besideTitle}>{page.value.title}</p>
      <Button icon={FilePlus2} variant="primary" busy={busy} onPress={() => void take()}>
        {t('clipPage')}
      </Button>
    </section>
  );
}
