import {
  type BlobHash,
  inlineResources,
  nestedResourcesOf,
  type ResourceContent,
  resourceName,
  resourcesOf,
} from '@liasse/core';
import { SNAPSHOT_POLICY } from '../../snapshot/inertHtml.ts';

/** What a snapshot may load when it is opened from the disk: the files beside it. */
export const EXPORT_POLICY =
  "default-src 'none'; img-src file: data:; font-src file: data:; style-src 'unsafe-inline'; form-action 'none'";

/** Frames within frames, as deep as captures go. */
const MOST_DEPTH = 8;

// What makes a page inert lets addresses of blobs pass, and no relative ones.
const STAND_IN = 'blob:liasse/';

export interface SnapshotPorts {
  /** A style sheet or a framed document of the snapshot; null when it is not here. */
  text(hash: BlobHash): Promise<string | null>;
  /** Where a resource lies, from the snapshot. */
  pathOf(hash: BlobHash): string;
  /** `inertHtml`, which needs a DOM. */
  inert(html: string): string;
}

/**
 * A snapshot as a page that opens from the disk: its resources are the files beside it, its style sheets and framed documents stand in
 * it, and nothing in it runs, leads away or asks the network for anything.
 *
 * @see SPEC.md E17
 */
export async function snapshotPage(html: string, ports: SnapshotPorts): Promise<string> {
  const resolved = await resolve(html, ports, 0);
  return ports.inert(resolved).replaceAll(STAND_IN, '').replaceAll(SNAPSHOT_POLICY, EXPORT_POLICY);
}

async function resolve(text: string, ports: SnapshotPorts, depth: number): Promise<string> {
  const nested = depth < MOST_DEPTH ? nestedResourcesOf(text) : new Map<BlobHash, string>();
  const contents = new Map<string, ResourceContent>();
  for (const hash of resourcesOf(text)) {
    const inner = nested.has(hash) ? await ports.text(hash) : null;
    contents.set(
      resourceName(hash),
      inner === null
        ? { kind: 'address', address: `${STAND_IN}${ports.pathOf(hash)}` }
        : { kind: 'text', text: await resolve(inner, ports, depth + 1) },
    );
  }
  return inlineResources(text, contents);
}
