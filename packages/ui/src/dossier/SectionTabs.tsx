import { type Dossier, notesView, piecesView } from '@liasse/core';
import { cx, Link, useStrings, useView } from '../kit/index.ts';
import css from './dossier.module.css';
import { dossierStrings } from './dossier.strings.ts';
import { SECTIONS, type Section, sectionPath } from './sections.ts';

/** The parts of a dossier. Each has its own address, so these are links and not tabs: Back goes from one to the other. */
export function SectionTabs({ dossier, section }: { readonly dossier: Dossier; readonly section: Section }) {
  const t = useStrings(dossierStrings);
  const counts = { slip: useView(piecesView).items.length, notes: useView(notesView).items.length, history: null };
  const labels = { slip: t('pieces'), notes: t('notes'), history: t('history') };
  return (
    <nav aria-label={t('sections')} className={css.tabs} data-chrome>
      {SECTIONS.map((name) => (
        <Link
          key={name}
          href={sectionPath(dossier.id, name)}
          variant="quiet"
          className={cx(css.tab, name === section && css.current)}
          {...(name === section && { 'aria-current': 'page' as const })}
        >
          {labels[name]}
          {counts[name] !== null && <span className={css.count}> {counts[name]}</span>}
        </Link>
      ))}
    </nav>
  );
}
