import * as Y from 'yjs';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import type { BlobHash } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import { piecesOf } from '../dossier.ts';
import { pieceText } from '../dossier.view.ts';
import { capturedSteps, encodeStep } from '../form/formStep.ts';
import type { Piece } from '../piece.ts';
import { type BlobRef, encodeText } from '../text.ts';
import { hashOfResource, type Manifest, type PartRole, readManifest } from './manifest.ts';
import { receiptState } from './receipts.ts';

/** What of a piece may turn out to be otherwise than its manifest says. `capture`: address, moment, reference… */
export type CheckedPart = PartRole | 'capture' | 'manifest' | 'receipt';

/** How a receipt’s signature was found. */
export type SignatureState = 'holds' | 'broken' | 'unknown-key' | 'unsupported';

/** What checking a piece found. It says what can be shown, and no more. */
export type Verdict =
  | { readonly kind: 'modified' | 'incomplete'; readonly parts: readonly CheckedPart[] }
  | { readonly kind: 'received'; readonly receipt: Receipt }
  | { readonly kind: 'consistent'; readonly receipt: 'none' | 'unknown-key' | 'unsupported' }
  | { readonly kind: 'no-manifest' };

/** What checking needs of the platform. */
export interface CheckPorts {
  /** SHA-256 of the bytes kept under a name, computed now; null when they are not to be had here. */
  digestOf(hash: BlobHash): Promise<BlobHash | null>;
  /** A blob as text. */
  textOf(hash: BlobHash): Promise<string | null>;
  /** SHA-256 of a text in UTF-8. */
  digest(text: string): Promise<BlobRef>;
  /** Whether a receipt is signed by a key that the server itself serves. */
  checkSignature(receipt: Receipt): Promise<SignatureState>;
}

/**
 * Checks a piece against its manifests, its bytes, and the server’s receipt.
 *
 * @see SPEC.md E10–E13
 */
export async function checkPiece(doc: Y.Doc, piece: Piece, ports: CheckPorts): Promise<Verdict> {
  if (piece.manifest === null) return { kind: 'no-manifest' };
  const found = new Findings();
  await checkManifest(piece.manifest.hash, found, ports, (manifest) => checkRecord(doc, piece, manifest, found, ports));
  const completed = piece.completion;
  if (completed?.manifest != null) {
    await checkManifest(completed.manifest.hash, found, ports, async (manifest) =>
      found.expect('snapshot', manifest, [completed.snapshot.hash]),
    );
  }
  const receipt = receiptState(doc, piece.manifest.hash);
  const signature = receipt.kind === 'here' ? await ports.checkSignature(receipt.receipt) : null;
  if (receipt.kind === 'unreadable' || signature === 'broken') found.modified.add('receipt');

  if (found.modified.size > 0) return { kind: 'modified', parts: [...found.modified] };
  if (found.away.size > 0) return { kind: 'incomplete', parts: [...found.away] };
  if (receipt.kind !== 'here') return { kind: 'consistent', receipt: 'none' };
  if (signature === 'unknown-key' || signature === 'unsupported') return { kind: 'consistent', receipt: signature };
  return { kind: 'received', receipt: receipt.receipt };
}

class Findings {
  readonly modified = new Set<CheckedPart>();
  readonly away = new Set<CheckedPart>();

  /** The parts of a role must be those that the record has, no more and no fewer. */
  expect(role: PartRole, { resources }: Manifest, hashes: readonly BlobHash[]): void {
    const listed = resources.filter((resource) => resource.role === role).map(hashOfResource);
    if (listed.toSorted().join() !== hashes.toSorted().join()) this.modified.add(role);
  }

  /** The bytes that are kept under a name must be those of the name. */
  bytes(part: CheckedPart, name: BlobHash, digest: BlobHash | null): void {
    if (digest === null) this.away.add(part);
    else if (digest !== name) this.modified.add(part);
  }
}

async function checkManifest(
  hash: BlobHash,
  found: Findings,
  ports: CheckPorts,
  checkRest: (manifest: Manifest) => Promise<void>,
): Promise<void> {
  const digest = await ports.digestOf(hash);
  found.bytes('manifest', hash, digest);
  if (digest !== hash) return;
  const manifest = readManifest((await ports.textOf(hash)) ?? '');
  if (manifest === null) {
    found.modified.add('manifest');
    return;
  }
  await checkRest(manifest);
  for (const resource of manifest.resources) {
    // A short text and a form live in the record; they were hashed there.
    if (resource.role === 'text' || resource.role === 'form') continue;
    const name = hashOfResource(resource);
    found.bytes(resource.role, name, await ports.digestOf(name));
  }
}

async function checkRecord(
  doc: Y.Doc,
  piece: Piece,
  manifest: Manifest,
  found: Findings,
  ports: CheckPorts,
): Promise<void> {
  if (!saysTheSame(doc, piece, manifest)) found.modified.add('capture');
  const { snapshot, screenshot, original } = piece;
  found.expect('snapshot', manifest, snapshot === null ? [] : [snapshot.hash]);
  found.expect('screenshot', manifest, screenshot?.tiles.map(({ hash }) => hash) ?? []);
  found.expect('original', manifest, original === null ? [] : [original.hash]);

  const steps = capturedSteps(doc, piece.id).map(async (step) => (await ports.digest(encodeStep(step))).hash);
  // Steps that were added later are under no manifest.
  const form = new Set(await Promise.all(steps));
  const listed = manifest.resources.filter(({ role }) => role === 'form').map(hashOfResource);
  if (!listed.every((hash) => form.has(hash))) found.modified.add('form');

  const text = pieceText(doc, piece.id);
  if (text === null) {
    found.modified.add('text');
  } else if (text.kind === 'blob') {
    found.expect('text', manifest, [text.blob.hash]);
    found.bytes('text', text.blob.hash, await ports.digestOf(text.blob.hash));
  } else {
    found.expect(
      'text',
      manifest,
      text.blocks.length === 0 ? [] : [(await ports.digest(encodeText(text.blocks))).hash],
    );
  }
}

/** Whether the record still says of the capture what the manifest does, field by field, also of fields of a later version. */
function saysTheSame(doc: Y.Doc, { id }: Piece, { url, capturedAt, capture }: Manifest): boolean {
  const record = piecesOf(doc).get(id);
  if (!(record instanceof Y.Map)) return false;
  const claimed = { ...capture, url, capturedAt: Date.parse(capturedAt) };
  return Object.entries(claimed).every(([key, value]) => same(record.get(key) ?? null, value));
}

function same(a: unknown, b: unknown): boolean {
  try {
    return canonicalJson(a) === canonicalJson(b);
  } catch (error) {
    // A peer wrote what JSON cannot say.
    if (error instanceof Refusal) return false;
    throw error;
  }
}
