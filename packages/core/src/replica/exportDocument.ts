import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { RoomName } from '../protocol/index.ts';
import type { OpenDoc } from './types.ts';

/** What a person keeps of a document when this device or the server cannot: a file to read, and to restore from. */
export interface ExportedDocument {
  readonly format: 'liasse.document';
  readonly version: 1;
  readonly room: RoomName;
  /** ms since the Unix epoch. */
  readonly exportedAt: number;
  /** The document's roots, by name, to be read by people and other programs. Rich texts are XML. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The whole document, in memory only included: one Yjs update (v1) in base64, which any Yjs applies. */
  readonly update: string;
}

/** @param exportedAt - ms since the Unix epoch */
export function exportDocument({ doc, room }: Pick<OpenDoc, 'doc' | 'room'>, exportedAt: number): ExportedDocument {
  const update = Y.encodeStateAsUpdate(doc);
  // Of a copy: reading a root settles its type, which is for the document's own views to do.
  const copy = new Y.Doc();
  Y.applyUpdate(copy, update);
  const content = Object.fromEntries([...copy.share.keys()].sort().map((name) => [name, readable(copy, name)]));
  copy.destroy();
  return { format: 'liasse.document', version: 1, room, exportedAt, content, update: toBase64(update) };
}

/** A root as JSON. A root says its type to none but who asks for it by type: ours are maps of records, or lists. */
function readable(doc: Y.Doc, name: string): unknown {
  const root = doc.share.get(name);
  const isMap = root !== undefined && root._map.size > 0;
  return isMap ? doc.getMap(name).toJSON() : doc.getArray(name).toJSON();
}
