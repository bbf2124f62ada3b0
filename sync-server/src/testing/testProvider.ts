import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import type { IdentitySettings } from '../identityConfig.ts';
import { mapAdapter } from './mapAdapter.ts';

/** What the provider says of somebody. */
interface TestIdentity {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly given_name?: string;
  readonly usual_name?: string;
}

/** How an id_token is spoilt before it leaves the provider. */
type Spoil = (claims: Record<string, unknown>) => {
  claims?: Record<string, unknown>;
  alg?: string;
  key?: 'other';
  raw?: string;
};

/** A real identity provider of its own, at which one signs in by being asked. */
export interface TestProvider {
  readonly issuer: string;
  /** The client that this server is there; what is given is changed. */
  settings(change?: Partial<IdentitySettings>): IdentitySettings;
  /** Who signs in next. */
  person: TestIdentity;
  /** What is done to the next id_tokens. */
  spoil: Spoil | null;
  /** The same for a signed userinfo. */
  spoilUserinfo: Spoil | null;
  /** What the provider was last asked, at its authorization endpoint. */
  readonly asked: URLSearchParams[];
  stop(): Promise<void>;
}

const CLIENT = { id: 'liasse', secret: 'le-secret-du-client-pour-les-essais' };

/**
 * Starts `oidc-provider`, with a person who consents to everything without being shown a page.
 *
 * @param options - `redirectUri`: where it sends browsers back; `userinfoAlg`: it answers userinfo as a JWT, signed so
 */
export async function startProvider(options: {
  readonly backTo: string;
  readonly userinfoAlg?: 'ES256';
  readonly refusesPkce?: boolean;
}): Promise<TestProvider> {
  const keys = await makeKeys();
  const { server, port } = await listen();
  const issuer = `http://127.0.0.1:${port}`;
  const people = new Map<string, TestIdentity>();
  const provider = new Provider(issuer, configuration(options, keys.own, people));
  const asked: URLSearchParams[] = [];
  const state: TestProvider = {
    issuer,
    person: { sub: 'amira', email: 'amira@exemple.fr', given_name: 'Amira', usual_name: 'Benali' },
    spoil: null,
    spoilUserinfo: null,
    asked,
    settings: (change = {}) => ({
      ...{ issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, label: 'Fournisseur d’essai', pkce: true },
      ...{ scopes: 'openid email profile', userinfoAlgorithm: null, trustEmail: false, signUp: false },
      ...change,
    }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  provider.use(async (ctx, next) => {
    if (ctx.path === '/auth') asked.push(new URLSearchParams(ctx.querystring));
    // The person’s page: they sign in and agree at once.
    if (ctx.path.startsWith('/interaction/')) {
      const { prompt, params } = await provider.interactionDetails(ctx.req, ctx.res);
      const { sub: accountId } = state.person;
      people.set(accountId, state.person);
      if (prompt.name === 'login') {
        await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId } });
      } else {
        const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
        grant.addOIDCScope('openid email profile');
        await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } });
      }
      ctx.respond = false;
      return;
    }
    await next();
    const body = ctx.body as { id_token?: string } | string | undefined;
    if (ctx.path === '/token' && state.spoil && typeof body === 'object' && body.id_token)
      body.id_token = await spoilt(body.id_token, state.spoil, keys);
    if (ctx.path === '/me' && state.spoilUserinfo && typeof body === 'string')
      ctx.body = await spoilt(body, state.spoilUserinfo, keys);
  });
  server.on('request', provider.callback());
  return state;
}

function configuration(
  { backTo, userinfoAlg, refusesPkce }: Parameters<typeof startProvider>[0],
  key: JWK,
  people: ReadonlyMap<string, TestIdentity>,
): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${backTo}/api/oidc/callback`],
        post_logout_redirect_uris: [`${backTo}/connexion`],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
        ...(userinfoAlg && { userinfo_signed_response_alg: userinfoAlg }),
      },
    ],
    jwks: { keys: [key as never] },
    adapter: mapAdapter(),
    ttl: { AccessToken: 60, AuthorizationCode: 30, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
    cookies: { keys: ['une clé pour les cookies des essais'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'usual_name'] },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><title>Au revoir ?</title>${form}`;
        },
      },
    },
    enabledJWA: { userinfoSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => !refusesPkce },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
  };
}

interface Keys {
  readonly own: JWK;
  readonly other: JWK;
}

async function makeKeys(): Promise<Keys> {
  const make = async (kid: string): Promise<JWK> => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
  };
  return { own: await make('propre'), other: await make('propre') };
}

/** The token with other claims, another key or another algorithm: what a provider that is wrong, or is not the one, would send. */
async function spoilt(token: string, spoil: Spoil, keys: Keys): Promise<string> {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const { claims: changed = claims, alg = 'ES256', key, raw } = spoil(claims);
  if (raw !== undefined) return raw;
  if (alg === 'none') return `${encoded({ alg, kid: 'propre' })}.${encoded(changed)}.`;
  if (alg === 'HS256')
    return new SignJWT(changed)
      .setProtectedHeader({ alg, kid: 'propre' })
      .sign(new TextEncoder().encode(CLIENT.secret));
  if (alg === 'unsigned change') return `${head}.${encoded(changed)}.${signature}`;
  const signing = await importJWK(key === 'other' ? keys.other : keys.own, alg);
  return new SignJWT(changed).setProtectedHeader({ alg, kid: 'propre' }).sign(signing);
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}
