import { fold, relevance } from '@liasse/ui/popup';
import type { RecentDossier } from '../platform/recent.ts';

/** A line of the popup's list: a dossier there is, or the one that what was typed would make. */
export type Choice =
  | { readonly kind: 'existing'; readonly id: string; readonly title: string }
  | { readonly kind: 'create'; readonly title: string };

const SHOWN = 6;

/** What is offered for what was typed: recent ones first when nothing was, the best match first otherwise. */
export function choicesFor(query: string, dossiers: readonly RecentDossier[]): readonly Choice[] {
  const typed = query.trim().replace(/\s+/gu, ' ');
  const scored = dossiers.map((dossier) => ({ dossier, score: relevance(dossier.title, typed) }));
  const found = typed === '' ? scored : scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const existing = found.slice(0, SHOWN).map(({ dossier }): Choice => ({ kind: 'existing', ...dossier }));
  const taken = dossiers.some(({ title }) => fold(title.trim()) === fold(typed));
  return typed === '' || taken ? existing : [...existing, { kind: 'create', title: typed.slice(0, 500) }];
}
