import type { Doc, Piece } from '@liasse/core';
import { inertHtml } from '../../snapshot/inertHtml.ts';
import { type ExportPorts, pieceFiles } from './pieceFiles.ts';
import { blobWriter, writeZip } from './zip.ts';

/** A piece as an archive that a stranger can check. @throws {Refusal} as `pieceFiles` */
export async function exportPiece(
  doc: Doc,
  piece: Piece,
  ports: Omit<ExportPorts, 'inert'>,
  at: number,
): Promise<Blob> {
  const archive = blobWriter('application/zip');
  await writeZip(pieceFiles(doc, piece, { ...ports, inert: inertHtml }), at, archive.write);
  return archive.end();
}
