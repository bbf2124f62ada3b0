import {
  createDossier,
  type Dossier,
  dossierView,
  renameDossier,
  restoreDossier,
  setDossierRestricted,
  trashDossier,
} from '../dossier/index.ts';
import { type DossierId, newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { boardRoom, dossierRoom } from '../protocol/rooms.ts';
import {
  dossierRegisterView,
  registerDossier,
  restoreRegisteredDossier,
  trashedDossierRegisterView,
  trashRegisteredDossier,
  unregisterDossier,
} from '../register/index.ts';
import { arrival, type TeamDoc, type TeamDocs, within } from './docs.ts';

/**
 * Makes a dossier: its own document first, then its entry in the team's register. Cut between the two, the dossier exists
 * and `ensureRegistered` mends the list; the other order would list a dossier that nothing holds.
 *
 * @throws {Refusal} `invalid-input`, `read-only`, `no-space`
 * @see SPEC.md T1
 */
export async function newDossier(docs: TeamDocs, { title }: { readonly title: string }): Promise<DossierId> {
  const dossierId = newId<DossierId>(docs.random);
  await within(docs, dossierRoom(docs.team, dossierId), (open) => open.run(createDossier, { dossierId, title }));
  await ensureRegistered(docs, dossierId);
  return dossierId;
}

/**
 * Renames a dossier in its document, then in the register.
 *
 * @throws {Refusal} `invalid-input`; `offline` when the dossier is not on this device and does not arrive
 */
export async function renameDossierEverywhere(
  docs: TeamDocs,
  { dossierId, title }: { readonly dossierId: DossierId; readonly title: string },
): Promise<void> {
  await changed(docs, dossierId, (open) => open.run(renameDossier, { title }));
}

/** Puts a dossier in the trash, in its document, then in the register. @throws {Refusal} as `renameDossierEverywhere` */
export async function trashDossierEverywhere(docs: TeamDocs, dossierId: DossierId): Promise<void> {
  await changed(docs, dossierId, (open) => open.run(trashDossier, {}));
}

/** Takes a dossier out of the trash. @throws {Refusal} as `renameDossierEverywhere` */
export async function restoreDossierEverywhere(docs: TeamDocs, dossierId: DossierId): Promise<void> {
  await changed(docs, dossierId, (open) => open.run(restoreDossier, {}));
}

/**
 * Notes in the dossier that it is for named people, or for the team again, and takes it out of the register, or enters it again.
 *
 * @throws {Refusal} as `renameDossierEverywhere`
 */
export async function restrictDossierEverywhere(
  docs: TeamDocs,
  { dossierId, restricted }: { readonly dossierId: DossierId; readonly restricted: boolean },
): Promise<void> {
  await changed(docs, dossierId, (open) => open.run(setDossierRestricted, { restricted }));
}

/**
 * Makes the register say what the dossier's own `meta` says: it may lack the entry (a device was cut in the middle), or two
 * documents may have settled two concurrent renamings differently.
 *
 * @throws {Refusal} `offline` when the dossier is not on this device and does not arrive
 * @see SPEC.md T2
 */
export async function ensureRegistered(docs: TeamDocs, dossierId: DossierId): Promise<void> {
  await changed(docs, dossierId, () => undefined);
}

/** Changes a dossier that is here, then makes the register follow. */
async function changed(docs: TeamDocs, dossierId: DossierId, change: (open: TeamDoc) => void): Promise<void> {
  const dossier = await within(docs, dossierRoom(docs.team, dossierId), async (open) => {
    await arrival(dossierView(open.doc), docs);
    change(open);
    const state = dossierView(open.doc).getSnapshot();
    if (state.kind !== 'readable') throw new Refusal('not-found', { id: dossierId });
    return state.dossier;
  });
  await within(docs, boardRoom(docs.team), (board) => follow(board, dossierId, dossier));
}

function follow(board: TeamDoc, dossierId: DossierId, { title, trashed, restricted }: Dossier): void {
  if (restricted) {
    const isListed = [dossierRegisterView, trashedDossierRegisterView].some((view) =>
      view(board.doc).getSnapshot().byId.has(dossierId),
    );
    // Who is named in it may be a reader of the board: there is nothing to write where it is not listed.
    if (isListed) board.run(unregisterDossier, { dossierId });
    return;
  }
  board.run(registerDossier, { dossierId, title });
  if (trashed !== null && dossierRegisterView(board.doc).getSnapshot().byId.has(dossierId)) {
    board.run(trashRegisteredDossier, { dossierId });
  }
  if (trashed === null && trashedDossierRegisterView(board.doc).getSnapshot().byId.has(dossierId)) {
    board.run(restoreRegisteredDossier, { dossierId });
  }
}
