import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cardsView } from '../board/index.ts';
import { createDossier, dossierView } from '../dossier/index.ts';
import { AccountId, type DossierId, type TeamId } from '../kernel/ids.ts';
import type { Operation } from '../kernel/operation.ts';
import { Refusal } from '../kernel/refusal.ts';
import { boardRoom, dossierRoom, type RoomName, roomParts } from '../protocol/rooms.ts';
import { dossierRegisterView, renameRegisteredDossier, trashedDossierRegisterView } from '../register/index.ts';
import { seededRandomness, testId } from '../testing/index.ts';
import type { TeamDoc, TeamDocs } from './docs.ts';
import { putDossierOnBoard, takeCardOff } from './dossierCard.ts';
import {
  ensureRegistered,
  newDossier,
  renameDossierEverywhere,
  restoreDossierEverywhere,
  restrictDossierEverywhere,
  trashDossierEverywhere,
} from './dossiers.ts';

const team = testId<TeamId>(1);
const author = { by: AccountId.parse('account-1'), at: 5 };

/** A device whose documents are in memory; `log` tells what was opened, written, made durable and closed, in order. */
function device(options: { refuse?: (room: RoomName) => boolean; patience?: () => Promise<void> } = {}) {
  const documents = new Map<RoomName, Y.Doc>();
  const log: string[] = [];
  const docOf = (room: RoomName) => {
    const doc = documents.get(room) ?? new Y.Doc();
    documents.set(room, doc);
    return doc;
  };
  const short = (room: RoomName) => room.split('/')[1];
  const docs: TeamDocs = {
    team,
    random: seededRandomness(3),
    patience: options.patience ?? (() => Promise.resolve()),
    open: (room): TeamDoc => {
      const doc = docOf(room);
      log.push(`open ${short(room)}`);
      return {
        doc,
        loaded: Promise.resolve(),
        run: <Input, Result>(operation: Operation<Input, Result>, input: Input) => {
          if (options.refuse?.(room)) throw new Refusal('no-space');
          log.push(operation.code);
          return operation(doc, input, author);
        },
        saved: () => {
          log.push(`saved ${short(room)}`);
          return Promise.resolve();
        },
        close: () => log.push(`close ${short(room)}`),
      };
    },
  };
  const board = docOf(boardRoom(team));
  return {
    docs,
    log,
    dossiers: () =>
      [...documents.keys()].flatMap((room) => (roomParts(room).kind === 'dossier' ? [roomParts(room).id] : [])),
    dossier: (id: DossierId) => docOf(dossierRoom(team, id)),
    listed: () =>
      dossierRegisterView(board)
        .getSnapshot()
        .items.map((entry) => entry.title),
    trashed: () =>
      trashedDossierRegisterView(board)
        .getSnapshot()
        .items.map((entry) => entry.title),
    board,
  };
}

const refusal = async (step: Promise<unknown>): Promise<string> => {
  try {
    await step;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('dossiers of a team', () => {
  test('[T1][T5] the document is durable before the register names it, and both are let go of', async () => {
    const { docs, log, listed } = device();
    await newDossier(docs, { title: 'Subventions 2026' });
    expect(listed()).toEqual(['Subventions 2026']);
    expect(log.indexOf('saved dossier')).toBeGreaterThan(log.indexOf('dossier.create'));
    expect(log.indexOf('saved dossier')).toBeLessThan(log.indexOf('register.registerDossier'));
    expect(log.filter((line) => line.startsWith('open'))).toHaveLength(
      log.filter((line) => line.startsWith('close')).length,
    );
  });

  test('[T1][T2][T5] cut between the two, the entry is rebuilt from meta, however often', async () => {
    let full = true;
    const { docs, log, listed, board, dossiers } = device({ refuse: (room) => full && room === boardRoom(team) });
    expect(await refusal(newDossier(docs, { title: 'Subventions 2026' }))).toBe('no-space');
    expect(listed()).toEqual([]);
    expect(log.at(-1)).toBe('close board');

    full = false;
    const [dossierId] = dossiers() as [DossierId];
    await ensureRegistered(docs, dossierId);
    const once = Y.encodeStateAsUpdate(board);
    await ensureRegistered(docs, dossierId);
    expect(listed()).toEqual(['Subventions 2026']);
    expect(Y.encodeStateAsUpdate(board)).toEqual(once);
  });

  test('[S147] a restricted dossier leaves the register, comes back by no mending, and is back when it is opened', async () => {
    const { docs, log, board, listed, trashed } = device();
    const dossierId = await newDossier(docs, { title: 'Procédure disciplinaire' });
    await newDossier(docs, { title: 'Autre' });
    await restrictDossierEverywhere(docs, { dossierId, restricted: true });
    expect(listed()).toEqual(['Autre']);
    const before = Y.encodeStateAsUpdate(board);
    log.length = 0;
    await ensureRegistered(docs, dossierId);
    await renameDossierEverywhere(docs, { dossierId, title: 'Procédure close' });
    await trashDossierEverywhere(docs, dossierId);
    await restoreDossierEverywhere(docs, dossierId);
    // Who is named in it may be a reader of the board: nothing is even tried there.
    expect(log.filter((line) => line.startsWith('register.'))).toEqual([]);
    expect(Y.encodeStateAsUpdate(board)).toEqual(before);
    expect(board.toJSON()).not.toHaveProperty(['register.dossiers', `${dossierId}.title`]);
    await restrictDossierEverywhere(docs, { dossierId, restricted: false });
    expect(listed()).toEqual(['Autre', 'Procédure close']);
    expect(trashed()).toEqual([]);
  });

  test('[T2] an entry that drifted from meta is brought back to it', async () => {
    const { docs, board, listed } = device();
    const dossierId = await newDossier(docs, { title: 'Subventions 2026' });
    renameRegisteredDossier(board, { dossierId, title: 'Autre' }, author);
    await ensureRegistered(docs, dossierId);
    expect(listed()).toEqual(['Subventions 2026']);
  });

  test('[T2] renaming, trashing and restoring are seen in both places', async () => {
    const { docs, dossier, listed, trashed } = device();
    const dossierId = await newDossier(docs, { title: 'Subventions 2026' });
    await renameDossierEverywhere(docs, { dossierId, title: 'Subventions 2027' });
    expect(listed()).toEqual(['Subventions 2027']);
    await trashDossierEverywhere(docs, dossierId);
    expect([listed(), trashed()]).toEqual([[], ['Subventions 2027']]);
    expect(dossierView(dossier(dossierId)).getSnapshot()).toMatchObject({ dossier: { trashed: { by: author.by } } });
    await restoreDossierEverywhere(docs, dossierId);
    expect([listed(), trashed()]).toEqual([['Subventions 2027'], []]);
    expect(dossierView(dossier(dossierId)).getSnapshot()).toMatchObject({ dossier: { trashed: null } });
  });

  test('[T3] what is not here yet is waited for, then changed', async () => {
    const dossierId = testId<DossierId>(9);
    const { docs, dossier, listed } = device({ patience: () => new Promise(() => {}) });
    const renamed = renameDossierEverywhere(docs, { dossierId, title: 'Renommé' });
    await Promise.resolve();
    const elsewhere = new Y.Doc();
    createDossier(elsewhere, { dossierId, title: 'D’un collègue' }, author);
    Y.applyUpdate(dossier(dossierId), Y.encodeStateAsUpdate(elsewhere));
    await renamed;
    expect(listed()).toEqual(['Renommé']);
    expect(dossierView(dossier(dossierId)).getSnapshot()).toMatchObject({ dossier: { title: 'Renommé' } });
  });

  test('[T3][T5] what does not arrive is refused, and nothing is written', async () => {
    const dossierId = testId<DossierId>(9);
    const { docs, dossier, log, board } = device();
    expect(await refusal(renameDossierEverywhere(docs, { dossierId, title: 'x' }))).toBe('offline');
    expect(await refusal(trashDossierEverywhere(docs, dossierId))).toBe('offline');
    expect(log).toEqual(['open dossier', 'close dossier', 'open dossier', 'close dossier']);
    for (const doc of [dossier(dossierId), board]) expect(Y.encodeStateAsUpdate(doc)).toHaveLength(2);
  });

  test('[T6] a dossier is put at the end of the first column, and can be taken off', async () => {
    const { docs, board } = device();
    const columns = { todo: 'À faire', doing: 'En cours', done: 'Terminé' };
    const titles = () =>
      cardsView(board)
        .getSnapshot()
        .items.map((card) => card.title);
    const dossierId = testId<DossierId>(9);
    const first = await putDossierOnBoard(docs, { dossierId, title: 'Un', columns });
    await putDossierOnBoard(docs, { dossierId, title: 'Deux', columns });
    expect(first.column).toBe('À faire');
    expect(titles()).toEqual(['Un', 'Deux']);
    expect(cardsView(board).getSnapshot().byId.get(first.cardId)).toMatchObject({ dossierId });
    await takeCardOff(docs, first.cardId);
    expect(titles()).toEqual(['Deux']);
  });
});
