import {
  type AccountId,
  type IdentityEntry,
  IdentityStart,
  type IdentityStarted,
  type OwnIdentity,
  Refusal,
} from '@liasse/core/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IdentityProvider, ProvenIdentity } from '../access/identityProvider.ts';
import { following, give, sessionOf } from './account.routes.ts';
import { credentialsOf, deviceFrom, parse, personOf, setCookies } from './requests.ts';
import type { Site } from './site.ts';

const CALLBACK = '/api/oidc/callback';
/** The page that fetches what came of it. */
const RETURN_PAGE = '/connexion';
const COOKIE_S = 15 * 60;

/**
 * Signing in at an identity provider. The app begins, the browser goes there and comes back to `CALLBACK`, and the app then fetches its
 * session: until that, no cookie of the session changes under a page that shows somebody else’s data.
 */
export function identityRoutes(app: FastifyInstance, site: Site): void {
  const { identityFlows: flows } = site;

  app.post('/api/oidc/start', async (request, reply): Promise<IdentityStarted> => {
    const provider = providerOf(site);
    const { purpose, link = null } = parse(IdentityStart, request.body ?? {});
    const attachTo = purpose === 'attach' ? (await personOf(site, request, reply)).id : null;
    const { url, asked } = await provider.ask(`${site.publicUrl()}${CALLBACK}`, {
      // On a shared workstation the identity that is signed in there may be a colleague’s: it would open this account from then on.
      anew: attachTo !== null,
    });
    const browser = browserOf(site, request) ?? flows.newBrowser();
    flows.begin(browser, asked, { attachTo, link });
    setCookies(reply, [cookie(site, browser, COOKIE_S)]);
    return { url: url.href };
  });

  app.get('/api/identity', async (request, reply): Promise<OwnIdentity> => {
    const { id } = await personOf(site, request, reply);
    return { attached: site.identities.opens(id), removable: site.accounts.hasPassword(id) };
  });

  app.delete('/api/identity', async (request, reply) => {
    const { id } = await personOf(site, request, reply);
    // Nothing would open the account any more.
    if (!site.accounts.hasPassword(id)) throw new Refusal('forbidden');
    site.identities.detach(id);
    site.log('identity-detached', { account: id });
    return { ok: true };
  });

  app.get(CALLBACK, async (request, reply) => {
    const address = new URL(`${site.publicUrl()}${request.url}`);
    const browser = browserOf(site, request);
    const flow = browser && flows.take(address.searchParams.get('state') ?? '', browser);
    if (browser && flow) {
      const { attachTo, link, asked } = flow;
      const found = await providerOf(site)
        .complete(address, asked)
        .catch((error: unknown) => {
          if (error instanceof Refusal) return { refused: error.code };
          throw error;
        });
      flows.put(browser, { attachTo, link, found });
    }
    // An answer that nobody asked for, or a second one, changes nothing: the page finds what the first one left, or nothing.
    return reply.redirect(RETURN_PAGE, 303);
  });

  app.post('/api/oidc/session', async (request, reply): Promise<IdentityEntry> => {
    const provider = providerOf(site);
    const browser = browserOf(site, request);
    const back = browser && flows.collect(browser);
    // Not `expired`: that is what an invitation’s link says.
    if (!back) throw new Refusal('cancelled');
    setCookies(reply, [cookie(site, '', 0)]);
    if ('refused' in back.found) throw new Refusal(back.found.refused);
    if (back.attachTo) {
      const person = await personOf(site, request, reply);
      // Somebody else has signed in here meanwhile.
      if (person.id !== back.attachTo) throw new Refusal('forbidden');
      site.identities.attach(back.found, person.id);
      site.log('identity-attached', { account: person.id });
      return { session: null, followed: false, attached: back.found.email ?? back.found.name };
    }
    const { account, followed } = await accountFor(site, provider, back.found, back.link);
    const opened = await site.accounts.enter(account);
    const session = await sessionOf(site, opened, { device: deviceFrom(request), idToken: back.found.idToken });
    setCookies(reply, opened.cookies);
    return { session, followed, attached: null };
  });
}

/**
 * Whose account an identity opens. Known: its own. Otherwise the link that was brought makes one, or the operator lets everyone in whom
 * the provider knows.
 *
 * @throws {Refusal} `already-exists` when the address has an account that may not be entered like this; `not-invited`; the link’s own
 */
async function accountFor(
  site: Site,
  provider: IdentityProvider,
  found: ProvenIdentity,
  link: string | null,
): Promise<{ account: AccountId; followed: boolean }> {
  const known = site.identities.accountOf(found);
  if (known) return { account: known, followed: false };
  const owner = found.email === null ? null : site.accounts.withEmail(found.email);
  if (owner) return { account: takeOver(site, provider, found, owner), followed: false };
  if (link !== null) {
    const account = await following(site, link, async (grant) => {
      const made = await makeAccount(site, found);
      give(site, grant, made);
      return made;
    });
    return { account, followed: true };
  }
  if (!provider.signUp) throw new Refusal('not-invited');
  return { account: await makeAccount(site, found), followed: false };
}

/**
 * Opens the account of an address to the identity that the provider says holds it. Nobody ever proved here that they hold an address: who
 * made that account with another’s keeps no way in.
 */
function takeOver(site: Site, provider: IdentityProvider, found: ProvenIdentity, account: AccountId): AccountId {
  if (!provider.trustEmail || !found.emailVerified) throw new Refusal('already-exists');
  site.identities.attach(found, account);
  site.accounts.dropPassword(account);
  for (const session of site.sessions.endAll(account)) site.closeSession(session);
  site.log('identity-attached', { account, by: 'email' });
  return account;
}

async function makeAccount(site: Site, found: ProvenIdentity): Promise<AccountId> {
  const { name, email, emailVerified } = found;
  if (email === null) throw new Refusal('provider-refused', { missing: 'email' });
  const account = await site.accounts.create({ name, email, emailVerified });
  try {
    site.identities.attach(found, account);
  } catch (error) {
    site.accounts.remove(account);
    throw error;
  }
  return account;
}

/** @throws {Refusal} `not-found` where the operator set none */
function providerOf({ identityProvider }: Site): IdentityProvider {
  if (!identityProvider) throw new Refusal('not-found');
  return identityProvider;
}

// The prefix keeps a neighbour under the same domain from writing it. `Lax`: the provider sends the browser here from its own site.
const nameOf = (site: Site) => (site.publicUrl().startsWith('https:') ? '__Host-liasse-oidc' : 'liasse-oidc');

function cookie(site: Site, value: string, seconds: number): string {
  const secure = site.publicUrl().startsWith('https:') ? '; Secure' : '';
  return `${nameOf(site)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function browserOf(site: Site, request: FastifyRequest): string | null {
  // As everywhere: what comes from an extension counts for nothing here.
  const pairs = (credentialsOf(request).get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  const value = pairs.find(([name]) => name === nameOf(site))?.[1];
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
