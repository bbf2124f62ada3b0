import {
  type BlobHash,
  capturedSteps,
  type Doc,
  decodeText,
  encodeStep,
  encodeText,
  hashOfResource,
  type Manifest,
  type Piece,
  pieceText,
  Refusal,
  readManifest,
  receiptState,
  shownSnapshot,
  type TextBlock,
  toMarkdown,
} from '@liasse/core';
import { pemOf, type Receipt, type ReceiptKey, signedText } from '@liasse/core/protocol';
import { bytesOf } from '../checkPorts.ts';
import { type AboutLine, pieceHtml } from './pieceHtml.ts';
import { LISEZMOI, README } from './readmes.ts';
import { snapshotPage } from './snapshotHtml.ts';
import type { ZipFile } from './zip.ts';

export interface ExportPorts {
  /** A blob of the dossier; null when it is not to be had here. */
  blob(hash: BlobHash): Promise<Blob | null>;
  /** SHA-256 of some bytes. */
  hashOf(bytes: Blob): Promise<BlobHash>;
  /** `inertHtml`. */
  inert(html: string): string;
  /** The keys that the server serves. */
  readonly keys: readonly ReceiptKey[];
  /** What the piece says of itself, in the language on screen. */
  readonly about: readonly AboutLine[];
}

/**
 * The files of an exported piece, one by one; the list of their hashes comes last.
 *
 * What a manifest lists is written under the hash that it was recorded with: bytes that have changed since fail the check.
 *
 * @throws {Refusal} `not-found` for a piece without a manifest; `offline` when a part of it is not on this device
 * @see SPEC.md E15–E17
 */
export async function* pieceFiles(doc: Doc, piece: Piece, ports: ExportPorts): AsyncGenerator<ZipFile> {
  const sums: string[] = [];
  const recorded = (path: string, content: Blob, hash: BlobHash): ZipFile => {
    sums.push(`${hash}  ${path}\n`);
    return { path, content };
  };
  const made = async (path: string, content: BlobPart): Promise<ZipFile> => {
    const blob = new Blob([content]);
    return recorded(path, blob, await ports.hashOf(blob));
  };
  const { manifest: ref, completion } = piece;
  if (ref === null) throw new Refusal('not-found', { part: 'manifest' });
  const blocks = await textOf(doc, piece, ports);
  // A short text and a form are in the record, and their files are what was hashed there.
  const inRecord = async ({ role }: Manifest['resources'][number], name: BlobHash): Promise<Blob | null> => {
    if (role === 'text') return (await ports.blob(name)) === null ? new Blob([encodeText(blocks)]) : null;
    if (role !== 'form') return null;
    const steps = capturedSteps(doc, piece.id).map((step) => new Blob([encodeStep(step)]));
    for (const step of steps) if ((await ports.hashOf(step)) === name) return step;
    // One that changed since fails the check of the archive, as it should.
    return steps[0] ?? null;
  };

  yield made('LISEZMOI.txt', LISEZMOI);
  yield made('README.txt', README);
  yield made('text.md', toMarkdown(blocks));
  yield made('piece.html', pieceHtml({ title: piece.title, language: piece.language, about: ports.about, blocks }));

  const manifests = [
    { folder: '', hash: ref.hash },
    ...(completion?.manifest ? [{ folder: 'completed/', hash: completion.manifest.hash }] : []),
  ];
  for (const { folder, hash } of manifests) {
    const content = await here(ports, hash);
    yield recorded(`${folder}datapackage.json`, content, hash);
    yield made(`${folder}datapackage-digest.json`, `{"hash":"sha256:${hash}","path":"datapackage.json"}\n`);
    const manifest = readManifest(await content.text());
    if (manifest === null) continue;
    for (const resource of manifest.resources) {
      const name = hashOfResource(resource);
      const bytes = (await inRecord(resource, name)) ?? (await here(ports, name));
      yield recorded(folder + resource.path, bytes, name);
    }
    const page = await indexOf(folder === '' ? piece.snapshot : shownSnapshot(piece).snapshot, manifest, ports);
    if (page !== null) yield made(`${folder}snapshot/index.html`, page);
  }

  const receipt = receiptState(doc, ref.hash);
  if (receipt.kind === 'here') {
    for (const [path, content] of receiptFiles(receipt.receipt, ports.keys)) yield made(`receipt/${path}`, content);
  }
  yield { path: 'SHA256SUMS', content: new Blob(sums) };
}

async function here({ blob }: ExportPorts, hash: BlobHash): Promise<Blob> {
  const found = await blob(hash);
  if (found === null) throw new Refusal('offline', { hash });
  return found;
}

async function textOf(doc: Doc, piece: Piece, ports: ExportPorts): Promise<readonly TextBlock[]> {
  const text = pieceText(doc, piece.id);
  if (text === null) return [];
  if (text.kind === 'inline') return text.blocks;
  return decodeText(await (await here(ports, text.blob.hash)).text()) ?? [];
}

async function indexOf(
  snapshot: Piece['snapshot'],
  { resources }: Manifest,
  ports: ExportPorts,
): Promise<string | null> {
  if (snapshot === null) return null;
  const paths = new Map(resources.map((resource) => [hashOfResource(resource), resource.path]));
  return snapshotPage(await (await here(ports, snapshot.hash)).text(), {
    text: async (hash) => (await ports.blob(hash))?.text() ?? null,
    pathOf: (hash) => (paths.get(hash) ?? hash).replace(/^snapshot\//, ''),
    inert: ports.inert,
  });
}

function receiptFiles(receipt: Receipt, keys: readonly ReceiptKey[]): readonly (readonly [string, BlobPart])[] {
  const key = keys.find(({ kid }) => kid === receipt.keyId);
  return [
    ['receipt.json', `${JSON.stringify(receipt, null, 2)}\n`],
    ['signed.json', signedText(receipt)],
    ['signature.bin', bytesOf(receipt.signature)],
    ...(key === undefined ? [] : [['public-key.pem', pemOf(key)] as const]),
  ];
}
