import { type DossierId, newDossier, newId, type TeamDocs } from '@liasse/core';
import { dossierRoom, type RoomName, type Session, type TeamId } from '@liasse/core/protocol';
import { type Asked, httpServer, type OpenDoc } from '@liasse/core/replica';
import { addArticle, random } from './content.ts';
import { deviceOf } from './device.ts';
import { pause } from './sight.ts';

const PATIENCE_MS = 60_000;

/** Someone of the team whose device is a Node process: the same replica, its disk in memory. */
export interface Member {
  readonly team: TeamId;
  readonly session: Session;
  /** Makes a dossier of so many pieces; resolves when the server has recorded all of it. */
  makeDossier(title: string, pieces: number): Promise<DossierId>;
  /** Reads a document as the server has it now, on a device that held nothing. */
  read<T>(room: RoomName, as: (doc: OpenDoc['doc']) => T): Promise<T>;
  close(): Promise<void>;
}

/** Signs in as an owner, and lets a new member in by an invitation of the owner's first team. */
export async function signUpMember(
  url: string,
  { owner }: { readonly owner: { readonly email: string; readonly password: string } },
): Promise<Member> {
  const nobody = httpServer(url, { bearer: () => null }).accounts;
  const { bearer, me } = accepted(await nobody.signIn({ email: owner.email, password: owner.password }));
  const team = me.teams[0]?.id;
  if (team === undefined) throw new Error('the owner has no team');
  const link = accepted(await httpServer(url, { bearer: () => bearer }).accounts.invite(team, 'editor')).url;
  const form = { name: 'Camille Dufour', email: 'camille@example.fr', password: 'encore une longue phrase' };
  return member(url, team, accepted(await nobody.signUp({ token: link.split('#')[1] ?? '', ...form })));
}

/** Opens the account of a server's owner, and makes a team. */
export async function signUpOwner(url: string, link: string | null): Promise<{ bearer: string; team: TeamId }> {
  const nobody = httpServer(url, { bearer: () => null }).accounts;
  const form = { name: 'Amira Benali', email: 'amira@example.fr', password: 'une phrase bien longue' };
  const { bearer } = accepted(await nobody.signUp({ token: link?.split('#')[1] ?? '', ...form }));
  const team = newId<TeamId>(random);
  accepted(await httpServer(url, { bearer: () => bearer }).accounts.createTeam({ id: team, name: 'Bureau' }));
  return { bearer, team };
}

function member(url: string, team: TeamId, session: Session): Member {
  const replica = deviceOf(session, url);
  const docs: TeamDocs = { team, random, open: (room) => replica.open(room), patience: () => pause(PATIENCE_MS) };
  return {
    team,
    session,
    makeDossier: async (title, pieces) => {
      const dossierId = await newDossier(docs, { title });
      const open = replica.open(dossierRoom(team, dossierId));
      await open.loaded;
      for (let number = 1; number <= pieces; number += 1) addArticle(open.doc, number, open.run);
      await until(() => replica.sync.getSnapshot().unsent === 0 && open.sync.getSnapshot().recordedAt !== null);
      open.close();
      return dossierId;
    },
    read: async (room, as) => {
      const afresh = deviceOf(session, url);
      try {
        const open = afresh.open(room);
        await open.loaded;
        await until(() => open.sync.getSnapshot().recordedAt !== null);
        return as(open.doc);
      } finally {
        await afresh.close();
      }
    },
    close: () => replica.close(),
  };
}

function accepted<T>(answer: Asked<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer.value;
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS} ms in vain for the server`);
    await pause(10);
  }
}
