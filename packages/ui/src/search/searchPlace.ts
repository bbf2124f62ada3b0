import type { CardId, DossierId, MeetingId, PieceId, SearchableKind } from '@liasse/core';
import type { SearchFilters } from '@liasse/core/search';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { paths } from '../app/paths.ts';
import type { SearchHit } from './device/contract.ts';

export const KINDS: readonly SearchableKind[] = ['dossier', 'piece', 'note', 'meeting', 'item', 'card'];

/** What is looked for, as the address says it: a link to it can be sent, and Back returns to it. */
export interface SearchPlace {
  readonly typed: string;
  readonly filters: SearchFilters;
  readonly isFiltered: boolean;
  type(typed: string): void;
  filter(change: Partial<SearchFilters>): void;
  clearFilters(): void;
}

const NAMES = { kind: 'type', group: 'dans', year: 'annee', trashed: 'corbeille' } as const;

export function useSearchPlace(): SearchPlace {
  const [params, setParams] = useSearchParams();
  const typed = params.get('q') ?? '';
  const asked = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(asked)), [asked]);
  const write = (change: Readonly<Record<string, string | null>>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      // Letters are no places to go back to.
      { replace: true },
    );
  return {
    typed,
    filters,
    isFiltered: Object.values(NAMES).some((name) => params.has(name)),
    type: (text) => write({ q: text }),
    filter: ({ kind, group, year, trashed }) =>
      write({
        ...(kind !== undefined && { [NAMES.kind]: kind }),
        ...(group !== undefined && { [NAMES.group]: group }),
        ...(year !== undefined && { [NAMES.year]: year === null ? null : String(year) }),
        ...(trashed !== undefined && { [NAMES.trashed]: trashed ? 'oui' : null }),
      }),
    clearFilters: () => write(Object.fromEntries(Object.values(NAMES).map((name) => [name, null]))),
  };
}

/** An address may have been typed by hand: what is no filter filters nothing. */
function readFilters(params: URLSearchParams): SearchFilters {
  const year = params.get(NAMES.year) ?? '';
  return {
    kind: KINDS.find((kind) => kind === params.get(NAMES.kind)) ?? null,
    group: params.get(NAMES.group),
    year: /^\d{4}$/.test(year) ? Number(year) : null,
    trashed: params.has(NAMES.trashed),
  };
}

/** Where a result is opened. */
export function pathOf({ kind, id, within }: SearchHit): string {
  if (kind === 'dossier') return paths.dossier(id as DossierId);
  if (kind === 'meeting') return paths.meeting(id as MeetingId);
  if (kind === 'card') return paths.card(id as CardId);
  if (kind === 'item') return paths.meeting((within?.id ?? '') as MeetingId);
  const dossier = (within?.id ?? '') as DossierId;
  return kind === 'piece' ? paths.piece(dossier, id as PieceId) : `${paths.dossier(dossier)}/notes/${id}`;
}
