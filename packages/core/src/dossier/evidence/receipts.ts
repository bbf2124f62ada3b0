import * as Y from 'yjs';
import { z } from 'zod';
import { type BlobHash, PieceId } from '../../kernel/ids.ts';
import { defineOperation, recordOf, setField } from '../../kernel/operation.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { defineView } from '../../kernel/view.ts';
import { Receipt } from '../../protocol/receipt.ts';
import { piecesOf } from '../dossier.ts';
import { piecesView } from '../dossier.view.ts';
import { Completion, type Piece, PieceParts } from '../piece.ts';

/** The receipts of a dossier, each under the hash of its manifest: apart from the pieces, which a bad one must not hide. */
export const receiptsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('receipts');

/** What a document says of a receipt. `unreadable`: a peer wrote something else in its place. */
export type ReceiptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'here'; readonly receipt: Receipt };

/**
 * Keeps a receipt that the server gave. One that is there already is replaced: it may be a peer’s nonsense, and the server gives
 * the same one however often it is asked.
 *
 * @throws {Refusal} `invalid-input`, also for a manifest that is not one of the piece’s; `not-found`
 * @see SPEC.md E6
 */
export const addReceipt = defineOperation(
  'dossier.addReceipt',
  z.strictObject({ pieceId: PieceId, receipt: Receipt }),
  (doc, { pieceId, receipt }) => {
    const record = recordOf(piecesOf(doc), pieceId);
    if (!manifestsOf(record).includes(receipt.manifestSha256)) throw new Refusal('invalid-input', { at: 'receipt' });
    setField(receiptsOf(doc), receipt.manifestSha256, receipt);
  },
);

/** Every receipt by the hash of its manifest. */
export const receiptsView = defineView({
  watch: (doc) => [receiptsOf(doc)],
  read: (doc): ReadonlyMap<string, ReceiptState> =>
    new Map([...receiptsOf(doc).keys()].map((hash) => [hash, receiptState(doc, hash)])),
});

export function receiptState(doc: Y.Doc, manifest: string): ReceiptState {
  const value = receiptsOf(doc).get(manifest);
  if (value === undefined) return { kind: 'none' };
  const parsed = Receipt.safeParse(value instanceof Y.AbstractType ? value.toJSON() : value);
  // A receipt for something else, in the place of this one’s, is no better than nonsense.
  if (!parsed.success || parsed.data.manifestSha256 !== manifest) return { kind: 'unreadable' };
  return { kind: 'here', receipt: parsed.data };
}

/** A manifest that waits for its receipt. */
export interface Unreceived {
  readonly pieceId: PieceId;
  readonly manifest: BlobHash;
}

/** What of the bordereau has no readable receipt yet, in its order. */
export const unreceived = (doc: Y.Doc): readonly Unreceived[] =>
  piecesView(doc)
    .getSnapshot()
    .items.flatMap((piece) =>
      manifestHashes(piece)
        .filter((manifest) => receiptState(doc, manifest).kind !== 'here')
        .map((manifest) => ({ pieceId: piece.id, manifest })),
    );

/** The manifests of a piece: as it was taken, then as it was completed. */
export const manifestHashes = ({ manifest, completion }: Pick<Piece, 'manifest' | 'completion'>): readonly BlobHash[] =>
  [manifest, completion?.manifest ?? null].flatMap((blob) => blob?.hash ?? []);

function manifestsOf(record: Y.Map<unknown>): readonly BlobHash[] {
  const manifest = PieceParts.shape.manifest.safeParse(record.get('manifest')).data ?? null;
  const completion = Completion.safeParse(record.get('completion')).data ?? null;
  return manifestHashes({ manifest, completion });
}
