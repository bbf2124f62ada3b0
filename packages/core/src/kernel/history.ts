import type * as Y from 'yjs';
import { z } from 'zod';
import { AccountId } from './ids.ts';
import { defineView } from './view.ts';

/** Who did what, when: one line per operation, kept in the document it changed. */
export const HistoryLine = z.object({
  by: AccountId,
  /** ms since the Unix epoch, by the author's clock: shown, never used to order or to decide. */
  at: z.number(),
  /** The operation, as `slice.verbNoun`. */
  code: z.string(),
  /** Id of what was changed, or null for the document itself. */
  target: z.string().nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** Lines kept in the board's document, which every device of a team holds; older ones are in the server's versions. */
export const BOARD_HISTORY_LINES = 1000;

const linesOf = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('history');

/**
 * Appends a line, inside the caller's transaction.
 *
 * @param keep - how many lines stay; the oldest go. Two devices trimming at once may trim a few more than needed.
 */
export function leaveLine(doc: Y.Doc, line: HistoryLine, keep = Number.POSITIVE_INFINITY): void {
  const lines = linesOf(doc);
  lines.push([line]);
  if (lines.length > keep) lines.delete(0, lines.length - keep);
}

/** The document's lines, oldest first; lines that cannot be read are left out. */
export const historyView = defineView({
  watch: (doc) => [linesOf(doc)],
  read: (doc): readonly HistoryLine[] =>
    linesOf(doc)
      .toArray()
      .flatMap((line) => {
        const parsed = HistoryLine.safeParse(line);
        return parsed.success ? [parsed.data] : [];
      }),
});

/** Whether anything was ever done in the document: if not, it is new, or it has not reached this device yet. */
export const startedView = defineView({ watch: (doc) => [linesOf(doc)], read: (doc) => linesOf(doc).length > 0 });
