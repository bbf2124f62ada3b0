import { createServer } from 'node:net';
import { IdentityEntry } from '@liasse/core/protocol';
import { onTestFinished } from 'vitest';
import type { IdentitySettings } from '../identityConfig.ts';
import { startProvider, type TestProvider } from './testProvider.ts';
import { configOn, startSite, type TestSite, temporaryFolder } from './testServer.ts';

interface IdentitySite {
  readonly site: TestSite;
  readonly provider: TestProvider;
  readonly log: Record<string, unknown>[];
}

/** A server and an identity provider that know each other; both end with the test. */
export async function openWithProvider(
  change: Partial<IdentitySettings> = {},
  options: Partial<Parameters<typeof startProvider>[0]> & { now?: () => number } = {},
): Promise<IdentitySite> {
  const port = await freePort();
  const backTo = `http://127.0.0.1:${port}`;
  const provider = await startProvider({ backTo, ...options });
  onTestFinished(() => provider.stop());
  const log: Record<string, unknown>[] = [];
  const site = await startSite(
    { log: (event, fields) => log.push({ event, ...fields }), ...(options.now && { now: options.now }) },
    configOn(await temporaryFolder(), { port, identity: provider.settings(change) }),
  );
  return { site, provider, log };
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The token of an invitation to the team. */
export const inviteTo = async ({ owner, team }: TestSite, role = 'editor') => {
  const { body } = await owner.ask('POST', `/api/teams/${team}/invitations`, { role });
  return (body as { url: string }).url.split('#')[1] ?? '';
};

/** Reads what came of a sign-in. */
export const entry = (body: unknown) => IdentityEntry.parse(body);
