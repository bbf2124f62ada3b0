import { Refusal } from '@liasse/core/protocol';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { IdentitySettings } from '../identityConfig.ts';
import type { Identity } from './identities.ts';

/** What is remembered of a question until its answer comes. */
export interface Asked {
  readonly state: string;
  readonly nonce: string;
  /** PKCE’s; null where it is turned off. */
  readonly verifier: string | null;
}

/** A person as the provider proved them to be. */
export interface ProvenIdentity extends Identity {
  readonly name: string;
  /** Null where the provider gives none. */
  readonly email: string | null;
  /** The provider itself says so. */
  readonly emailVerified: boolean;
  readonly idToken: string;
}

export interface IdentityProvider {
  /** What the button says. */
  readonly label: string;
  /** An address of an existing account is believed, where the provider calls it verified. */
  readonly trustEmail: boolean;
  /** Who has neither account nor invitation comes in all the same. */
  readonly signUp: boolean;
  /**
   * Where the browser goes, and what to remember.
   *
   * @param options.anew - the person signs in there once more, whoever is signed in already
   * @throws {Refusal} `provider-away`, `provider-refused`
   */
  ask(redirectTo: string, options: { readonly anew: boolean }): Promise<{ readonly url: URL; readonly asked: Asked }>;
  /**
   * Who came back, from the address that the provider sent the browser to.
   *
   * @throws {Refusal} `cancelled` by the person; `provider-away`; `provider-refused` when any part of the answer does not hold
   */
  complete(address: URL, asked: Asked): Promise<ProvenIdentity>;
  /** Where the browser goes to leave the provider as well; null where that is not offered, or not known soon enough. */
  leaveAt(idToken: string, backTo: string): Promise<string | null>;
}

const TIMEOUT_S = 10;
const LEAVE_WITHIN_MS = 3_000;
/** For so long what the provider published of itself is taken as it is. */
const CONFIGURATION_MS = 60 * 60_000;
/** Before somebody is sent there it is asked anew: of a provider that is away, a browser would show its own error. */
const PRESENT_MS = 10_000;
/** What is signed by a key that the client has as well proves nothing to a stranger; `none` nothing at all. */
const ALGORITHMS = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/;

/** Of all that the provider says, what is used here. ProConnect has `usual_name`, where others have `family_name`. */
const Claims = z.object({
  name: z.string().optional().catch(undefined),
  given_name: z.string().optional().catch(undefined),
  usual_name: z.string().optional().catch(undefined),
  family_name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  email: z.email().max(200).optional().catch(undefined),
  email_verified: z.literal(true).optional().catch(undefined),
});

/** `log` hears why an answer was refused: a code of the library’s, never what was in it. */
export function identityProvider(
  settings: IdentitySettings,
  { now, log }: { now: () => number; log: (event: string, fields: Record<string, unknown>) => void },
): IdentityProvider {
  let known: { readonly configuration: Promise<oidc.Configuration>; readonly at: number } | null = null;

  /** What the provider publishes of itself. One that was away is asked again the next time. */
  function configuration(atMostMs = CONFIGURATION_MS): Promise<oidc.Configuration> {
    if (known && now() - known.at < atMostMs) return known.configuration;
    const asking = discover(settings);
    known = { configuration: asking, at: now() };
    asking.catch(() => {
      if (known?.configuration === asking) known = null;
    });
    return asking;
  }
  async function proving<T>(step: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code, reason } = refusalOf(error);
      log('identity-refused', { step, code, reason });
      throw new Refusal(code);
    }
  }

  return {
    label: settings.label,
    trustEmail: settings.trustEmail,
    signUp: settings.signUp,
    ask: (redirectTo, { anew }) =>
      proving('ask', async () => {
        const from = await configuration(PRESENT_MS);
        // 32 random bytes each, 43 characters: ProConnect asks for 32 at least.
        const asked: Asked = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: settings.pkce ? oidc.randomPKCECodeVerifier() : null,
        };
        const url = oidc.buildAuthorizationUrl(from, {
          ...{ redirect_uri: redirectTo, scope: settings.scopes, state: asked.state, nonce: asked.nonce },
          ...(anew && { prompt: 'login' }),
          ...(asked.verifier !== null && {
            code_challenge: await oidc.calculatePKCECodeChallenge(asked.verifier),
            code_challenge_method: 'S256',
          }),
        });
        return { url, asked };
      }),
    complete: (address, { state, nonce, verifier }) =>
      proving('complete', async () => {
        const from = await configuration();
        const tokens = await oidc.authorizationCodeGrant(from, address, {
          ...{ expectedState: state, expectedNonce: nonce, idTokenExpected: true },
          ...(verifier !== null && { pkceCodeVerifier: verifier }),
        });
        const proven = tokens.claims();
        if (!proven || !tokens.id_token) throw new Error('bug: an answer without an id_token passed');
        const said = from.serverMetadata().userinfo_endpoint
          ? await oidc.fetchUserInfo(from, tokens.access_token, proven.sub)
          : {};
        const claims = Claims.parse({ ...proven, ...said });
        return {
          ...{ issuer: proven.iss, subject: proven.sub, idToken: tokens.id_token, name: nameOf(claims) },
          ...{ email: claims.email ?? null, emailVerified: claims.email_verified ?? false },
        };
      }),
    leaveAt: async (idToken, backTo) => {
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), LEAVE_WITHIN_MS).unref());
      const from = await Promise.race([configuration().catch(() => null), late]);
      if (!from?.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(from, {
        ...{ id_token_hint: idToken, post_logout_redirect_uri: backTo, state: oidc.randomState() },
      }).href;
    },
  };
}

/** Asks the provider what it publishes of itself, and makes ready to speak to it. */
async function discover(settings: IdentitySettings): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret, userinfoAlgorithm } = settings;
  const open = new URL(issuer).protocol === 'http:';
  const found = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), {
    timeout: TIMEOUT_S,
    execute: open ? [oidc.allowInsecureRequests] : [],
  });
  const { supportsPKCE: _, ...server } = found.serverMetadata();
  const signing = server.id_token_signing_alg_values_supported?.filter((name) => ALGORITHMS.test(name));
  const configuration = new oidc.Configuration(
    { ...server, ...(signing && { id_token_signing_alg_values_supported: signing }) },
    clientId,
    userinfoAlgorithm === null ? undefined : { userinfo_signed_response_alg: userinfoAlgorithm },
    authenticationAt(server, clientSecret),
  );
  configuration.timeout = TIMEOUT_S;
  if (open) oidc.allowInsecureRequests(configuration);
  // The signature of what came over TLS from the provider itself may be left unchecked; here it is checked.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** How this server says who it is: by its secret in the body, or in a header where the provider takes nothing else. */
function authenticationAt(server: oidc.ServerMetadata, secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  const ways = server.token_endpoint_auth_methods_supported;
  const headerOnly = ways?.includes('client_secret_basic') && !ways.includes('client_secret_post');
  return headerOnly ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

function nameOf(claims: z.infer<typeof Claims>): string {
  const { name, given_name, usual_name, family_name, preferred_username, email } = claims;
  const parts = [given_name, usual_name ?? family_name].filter((part) => part?.trim()).join(' ');
  const candidates = [name, parts, preferred_username, email?.split('@')[0]];
  return (candidates.find((candidate) => candidate?.trim()) ?? 'Sans nom').trim().slice(0, 120);
}

/** Every failure is one of three: the person said no, the provider is not there, or its answer does not hold. */
function refusalOf(error: unknown): { code: 'cancelled' | 'provider-away' | 'provider-refused'; reason: string } {
  if (error instanceof oidc.AuthorizationResponseError)
    return { code: error.error === 'access_denied' ? 'cancelled' : 'provider-refused', reason: error.error };
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  const reason = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
  // `fetch` throws a TypeError without a code where nobody answers.
  const unreached = error instanceof TypeError && code === undefined;
  const failing = cause instanceof Response && cause.status >= 500;
  const away = unreached || failing || reason === 'OAUTH_TIMEOUT';
  return { code: away ? 'provider-away' : 'provider-refused', reason };
}
