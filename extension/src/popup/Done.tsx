import type { DossierId, PieceId, TeamId } from '@liasse/core';
import { inTeam, paths } from '@liasse/ui/popup';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import { FieldNames } from './FieldNames.tsx';
import { openApp } from './openApp.ts';
import css from './popup.module.css';
import { missingWords, type PopupStrings } from './popup.strings.ts';
import type { Saved } from './useClip.ts';

// Loaded when it is asked for: the popup opens without it.
const Complete = lazy(async () => ({ default: (await import('./Complete.tsx')).Complete }));

/** What became of the page: where it is, what of it could not be kept, and the way back. */
export function Done({ saved, strings }: { readonly saved: Saved; readonly strings: PopupStrings }) {
  const { jobId, clipped, take } = saved;
  const [undone, setUndone] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  // The field that had the focus is gone; this is what comes next.
  useEffect(() => next.current?.focus(), []);
  const missing = missingWords(clipped.missing, strings);
  const asForm = take === 'form' ? clipped.form : null;
  const isStep = asForm !== null && saved.isStep;
  const addressOnly = clipped.kept === 'address';
  // wouter writes places outside of a team's router with a tilde; in an address there is none.
  const place = inTeam(
    clipped.team as TeamId,
    paths.piece(clipped.dossier.id as DossierId, clipped.pieceId as PieceId),
  );

  if (undone) {
    return (
      <p className={css.note} role="status">
        {isStep ? strings.form.stepUndone : strings.undone}
      </p>
    );
  }
  return (
    <div className={css.form}>
      <div role="status" className={css.done}>
        <p className={css.doneTitle}>
          {addressOnly ? strings.addressAdded : isStep ? strings.form.stepAdded : strings.added}
          <q>{clipped.dossier.title}</q>.
        </p>
        <p>{strings.onDevice}</p>
        {addressOnly && take !== 'address' && <p className={css.note}>{strings.addressKept}</p>}
        {take === 'form' && asForm === null && <p className={css.note}>{strings.form.lost}</p>}
        {asForm !== null && asForm.dropped.length > 0 && (
          <div className={css.note}>
            <p>{strings.form.notKept(asForm.dropped.length)}</p>
            <FieldNames names={asForm.dropped} summary={strings.form.which} strings={strings} />
          </div>
        )}
        {missing !== '' && <p className={css.note}>{strings.except(missing)}</p>}
      </div>
      {missing !== '' && (
        <Suspense fallback={null}>
          <Complete team={clipped.team} pieceId={clipped.pieceId} strings={strings} />
        </Suspense>
      )}
      <div className={css.actions}>
        <button type="button" ref={next} className={css.primary} onClick={() => openApp(place.replace(/^~/, ''))}>
          {strings.open}
        </button>
        <button
          type="button"
          className={css.secondary}
          onClick={async () => {
            const answer = await ask(browser.runtime.sendMessage, 'clip.undo', { jobId });
            if (answer.ok) setUndone(true);
          }}
        >
          {strings.undo}
        </button>
      </div>
    </div>
  );
}
