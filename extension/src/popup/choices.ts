import { fold, relevance } from '@liasse/ui/popup';
import type { KnownForm, KnownPiece } from '../messaging/contract.ts';
import type { RecentDossier } from '../platform/recent.ts';

/**
 * A line of the popup's list: a later version of a piece there is, a further step of a form there is, a dossier there is, or the one that what was typed would
 * make. `id` and `title` are the dossier's.
 */
export type Choice =
  | { readonly kind: 'version'; readonly id: string; readonly title: string; readonly of: KnownPiece }
  | { readonly kind: 'step'; readonly id: string; readonly title: string; readonly of: KnownForm }
  | { readonly kind: 'existing'; readonly id: string; readonly title: string }
  | { readonly kind: 'create'; readonly title: string };

const SHOWN = 6;
const VERSIONS_SHOWN = 2;

/**
 * What is offered for what was typed: recent ones first when nothing was, the best match first otherwise. A page that was clipped
 * before is offered as a later version first; its dossier also stands below, for a separate piece.
 *
 * @param begun - forms of this site that were captured lately: what is in front may be their next step
 */
export function choicesFor(
  query: string,
  dossiers: readonly RecentDossier[],
  known: readonly KnownPiece[] = [],
  begun: readonly KnownForm[] = [],
): readonly Choice[] {
  const typed = query.trim().replace(/\s+/gu, ' ');
  const found = (title: string) => (typed === '' ? 1 : relevance(title, typed));
  const versions = known
    .filter(({ dossier }) => found(dossier.title) > 0)
    .slice(0, VERSIONS_SHOWN)
    .map((of): Choice => ({ kind: 'version', ...of.dossier, of }));
  const steps = begun
    .filter(({ dossier, title }) => found(dossier.title) > 0 || found(title) > 0)
    .slice(0, VERSIONS_SHOWN)
    .map((of): Choice => ({ kind: 'step', ...of.dossier, of }));
  const scored = dossiers
    .map((dossier) => ({ dossier, score: found(dossier.title) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const existing = scored.slice(0, SHOWN).map(({ dossier }): Choice => ({ kind: 'existing', ...dossier }));
  const taken = dossiers.some(({ title }) => fold(title.trim()) === fold(typed));
  const create: Choice[] = typed === '' || taken ? [] : [{ kind: 'create', title: typed.slice(0, 500) }];
  return [...steps, ...versions, ...existing, ...create];
}
