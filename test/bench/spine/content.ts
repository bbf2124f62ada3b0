import { addPiece, type Doc, endOfSlip, newId, type Operation, type PieceId } from '@liasse/core';
import { testDraft } from '@liasse/core/testing';

export const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

/** Some eight kilobytes: the readable text of an article of a few pages. */
const ARTICLE = Array.from({ length: 20 }, (_, index) => ({
  kind: 'paragraph' as const,
  text: `${index + 1}. ${'Le service instructeur vérifie que les pièces du dossier sont réunies. '.repeat(6).trim()}`,
}));

/** Runs an operation on a document, as someone. */
export type Run = <Input, Result>(operation: Operation<Input, Result>, input: Input) => Result;

/** Adds a piece that could be a clipped article, at the end of a dossier. */
export function addArticle(doc: Doc, number: number, run: Run): void {
  run(addPiece, {
    pieceId: newId<PieceId>(random),
    rank: endOfSlip(doc, random),
    draft: testDraft({ title: `Pièce mesurée ${number}`, text: ARTICLE }),
  });
}
