import type { HistoryLine } from '@liasse/core';
import type { KeyOf } from '../../kit/index.ts';
import type { dossierStrings } from '../dossier.strings.ts';

type Key = KeyOf<(typeof dossierStrings)['fr']>;
/** The key of what a line says was done. */
export type DidKey = Extract<Key, `did_${string}`>;

const SAID: ReadonlySet<string> = new Set<DidKey>([
  'did_dossier.create',
  'did_dossier.rename',
  'did_dossier.setDeadline',
  'did_dossier.trash',
  'did_dossier.restore',
  'did_dossier.addPiece',
  'did_dossier.renamePiece',
  'did_dossier.movePiece',
  'did_dossier.trashPiece',
  'did_dossier.restorePiece',
  'did_dossier.addReceipt',
  'did_dossier.adoptPiece',
  'did_dossier.appendFormStep',
  'did_dossier.dropFormStep',
  'did_dossier.correctField',
  'did_dossier.saveAsTemplate',
  'did_dossier.dropTemplate',
  'did_dossier.addNote',
  'did_dossier.renameNote',
  'did_dossier.moveNote',
  'did_dossier.trashNote',
  'did_dossier.restoreNote',
  'did_dossier.addHighlight',
  'did_dossier.commentHighlight',
  'did_dossier.trashHighlight',
  'did_dossier.restoreHighlight',
  'did_document.undo',
  'did_document.redo',
  'did_document.restoreVersion',
]);

/** What a line says was done; a code of a newer version reads as *a modifié le dossier*. */
export function didKey(code: string): DidKey {
  const key = `did_${code}`;
  return SAID.has(key) ? (key as DidKey) : 'did_something';
}

/** Lines of one day. */
export interface HistoryDay {
  readonly day: string;
  readonly lines: readonly { readonly key: number; readonly line: HistoryLine }[];
}

/**
 * The last `limit` lines, newest first, by the day they were made. They come in the order this device received them, and a
 * colleague's clock may differ: that order is kept, and the days follow it.
 */
export function historyDays(
  lines: readonly HistoryLine[],
  limit: number,
  dayOf: (at: number) => string,
): readonly HistoryDay[] {
  const days: { day: string; lines: { key: number; line: HistoryLine }[] }[] = [];
  for (let key = lines.length - 1; key >= Math.max(0, lines.length - limit); key--) {
    const line = lines[key] as HistoryLine;
    const day = dayOf(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push({ key, line });
    else days.push({ day, lines: [{ key, line }] });
  }
  return days;
}
