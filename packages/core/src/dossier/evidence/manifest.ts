import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { BlobHash } from '../../kernel/ids.ts';
import { CaptureDraft } from '../captureDraft.ts';
import { encodeStep, type FormStep } from '../form/formStep.ts';
import { SNAPSHOT_TYPE } from '../piece.operations.ts';
import { MediaType, type PieceParts, type TypedBlob } from '../piece.ts';
import { type BlobRef, encodeText, TEXT_BLOB_TYPE } from '../text.ts';
import { extensionOf, safeFileName } from './paths.ts';

/** What a part of a piece is. `resource`: an image, a font or a style sheet that the snapshot names. */
export const PartRole = z.enum(['text', 'snapshot', 'resource', 'screenshot', 'original', 'form']);
export type PartRole = z.infer<typeof PartRole>;

const HASH = /^sha256:([0-9a-f]{64})$/;

/** One part: a file of the exported piece, with what its bytes must be. */
export const ManifestResource = z.object({
  name: z.string().min(1).max(100),
  /** In the exported piece, from its root. */
  path: z.string().min(1).max(300),
  role: PartRole,
  mediatype: MediaType,
  bytes: z.int().min(0),
  hash: z.string().regex(HASH),
  /** What its author or its address calls it, for an original file. */
  title: z.string().max(300).optional(),
});
export type ManifestResource = z.infer<typeof ManifestResource>;

/**
 * The list of everything a piece is made of: the shape of a data package, as web archives (WACZ) use it. Its canonical bytes are
 * the piece’s `manifest` blob, `datapackage.json` in an exported piece, and what a server’s receipt names by SHA-256.
 *
 * `capture`: every field of the draft but its text; a later version of this app may know more of them.
 */
export const Manifest = z.object({
  profile: z.literal('data-package'),
  format: z.literal('liasse-piece/1'),
  software: z.string().max(200),
  title: z.string().max(500),
  url: z.string().nullable(),
  /** ISO 8601, UTC. */
  capturedAt: z.iso.datetime(),
  capture: z.record(z.string(), z.unknown()),
  resources: z.array(ManifestResource).max(3_000),
});
export type Manifest = z.infer<typeof Manifest>;

/** What a manifest is made of. All blobs are stored already: their names are their hashes. */
export interface ManifestInput {
  /** As it will be given to `addPiece`. */
  readonly draft: z.input<typeof CaptureDraft>;
  readonly parts: Partial<Omit<PieceParts, 'manifest'>>;
  /** The blob of a long text, as for `addPiece`; null when the text goes into the record. */
  readonly text?: BlobRef | null;
  /** What the snapshot names by hash. */
  readonly resources?: readonly TypedBlob[];
  /** The step of a form that is added with the piece. */
  readonly form?: FormStep | null;
  /** What took the piece, with its version: `Liasse 0.1.0`. */
  readonly software: string;
  /** SHA-256 and size of a text in UTF-8: the domain has no cryptography of its own. */
  readonly digest: (text: string) => Promise<BlobRef>;
}

/**
 * Makes the manifest of a piece, as the text of its blob (`MANIFEST_TYPE`, UTF-8).
 *
 * @throws {Refusal} `invalid-input` for what canonical JSON cannot say
 * @see SPEC.md E2, E3, E4
 */
export async function makeManifest(input: ManifestInput): Promise<string> {
  // As `addPiece` will record it: defaults filled in, half characters replaced.
  const { text: blocks, title, url, capturedAt, ...capture } = CaptureDraft.parse(input.draft);
  const text = input.text ?? (blocks.length === 0 ? null : await input.digest(encodeText(blocks)));
  const manifest: Manifest = {
    profile: 'data-package',
    format: 'liasse-piece/1',
    software: input.software,
    title,
    url,
    capturedAt: new Date(capturedAt).toISOString(),
    capture,
    resources: resourcesOf({ ...input, text, form: input.form ? await input.digest(encodeStep(input.form)) : null }),
  };
  return canonicalJson(manifest);
}

/** A manifest from the content of its blob; null when it is none. */
export function readManifest(content: string): Manifest | null {
  try {
    return Manifest.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

/** The blob that a resource is. */
export const hashOfResource = ({ hash }: Pick<ManifestResource, 'hash'>): BlobHash =>
  BlobHash.parse(HASH.exec(hash)?.[1]);

function resourcesOf({
  parts,
  text,
  resources = [],
  form,
}: Omit<ManifestInput, 'draft' | 'form'> & { readonly form: BlobRef | null }): ManifestResource[] {
  const { snapshot, screenshot, original } = parts;
  const known = new Map(resources.map((blob) => [blob.hash, blob]));
  const byHash = [...known.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return [
    ...(text ? [resource('text', 'text', 'text.json', { ...text, type: TEXT_BLOB_TYPE })] : []),
    ...(snapshot
      ? [resource('snapshot', 'snapshot', 'snapshot/recorded.html', { ...snapshot, type: SNAPSHOT_TYPE })]
      : []),
    ...byHash.map((blob, at) =>
      resource('resource', `resource-${at + 1}`, `snapshot/files/${blob.hash}.${extensionOf(blob.type)}`, blob),
    ),
    ...(screenshot?.tiles ?? []).map((tile, at) =>
      resource('screenshot', `screenshot-${at + 1}`, `screenshot/${at + 1}.${extensionOf(tile.type)}`, tile),
    ),
    ...(original
      ? [
          {
            ...resource('original', 'original', `original/${safeFileName(original.name)}`, original),
            title: original.name,
          },
        ]
      : []),
    ...(form ? [resource('form', 'form', 'form.json', { ...form, type: 'application/json' })] : []),
  ];
}

function resource(role: PartRole, name: string, path: string, blob: TypedBlob): ManifestResource {
  return { name, path, role, mediatype: blob.type, bytes: blob.bytes, hash: `sha256:${blob.hash}` };
}
