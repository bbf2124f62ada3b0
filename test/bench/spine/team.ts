import { expect, type Page } from '@playwright/test';
import { Profile, TestServer, type Wire } from '../../e2e/harness/index.ts';
import { AMIRA, BENOIT, invite, makeTeam, signUp } from '../../e2e/harness/people.ts';
import { type Member, signUpMember } from './member.ts';

const TEAM = 'Bureau des mesures';

/** The pages of a corpus ask for their images where nobody answers, or somebody does: neither is what is measured. */
const ONLY_THIS_MACHINE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

/** Amira in the web app, Benoît in the extension's page, Camille without a browser: a team on a server of its own. */
export interface Team {
  readonly server: TestServer;
  readonly amira: Page;
  readonly benoit: Page;
  readonly amiraProfile: Profile;
  readonly benoitProfile: Profile;
  readonly camille: Member;
}

/**
 * Makes a team, lets it work, and takes everything down again.
 *
 * @param options.wire - what the browsers reach the server through, for who wants to cut it
 */
export async function withTeam<T>(work: (team: Team) => Promise<T>, options: { wire?: Wire } = {}): Promise<T> {
  const { wire } = options;
  const undo: (() => Promise<void>)[] = [];
  try {
    const server = await TestServer.start(wire ? { publicUrl: wire.url } : {});
    undo.push(() => server.stop());
    wire?.mend(server.port);

    const amiraProfile = await Profile.open();
    undo.push(() => amiraProfile.close());
    const amira = await amiraProfile.context.newPage();
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, TEAM);
    const forBenoit = await invite(amira);

    const benoitProfile = await Profile.open({ args: [ONLY_THIS_MACHINE] });
    undo.push(() => benoitProfile.close());
    const benoit = await benoitProfile.openApp('/rejoindre');
    await signUp(benoit, BENOIT, forBenoit);
    await expect(benoit.getByRole('navigation').getByText(TEAM)).toBeVisible();

    const camille = await signUpMember(server.url, { owner: AMIRA });
    undo.push(() => camille.close());
    return await work({ server, amira, benoit, amiraProfile, benoitProfile, camille });
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
