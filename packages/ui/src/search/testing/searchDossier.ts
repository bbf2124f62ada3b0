import { addPiece, createDossier, type DossierId, type PieceId, type Rank, registerDossier } from '@liasse/core';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { makeSearchDevice, TEAM } from './searchDevice.ts';

export const dossierId = testId<DossierId>(2);
export const room = dossierRoom(TEAM, dossierId);
export const pieceAt = (n: number) => testId<PieceId>(100 + n);
export const keyAt = (n: number) => `piece/${pieceAt(n)}`;
export const rank = 'a0' as Rank;
export const paragraph = (text: string) => [{ kind: 'paragraph' as const, text }];

type Device = ReturnType<typeof makeSearchDevice>;

export const addText = (device: Device, n: number, text: string) =>
  device.run(room, addPiece, {
    pieceId: pieceAt(n),
    rank,
    draft: testDraft({ title: `Pièce ${n}`, text: paragraph(text) }),
  });

/** A device that holds a dossier with a piece for each text. */
export async function makeDossier(texts: readonly string[]): Promise<Device> {
  const device = makeSearchDevice();
  await device.run(room, createDossier, { dossierId, title: 'Subventions 2026' });
  await device.run(boardRoom(TEAM), registerDossier, { dossierId, title: 'Subventions 2026' });
  for (const [n, text] of texts.entries()) await addText(device, n, text);
  return device;
}
