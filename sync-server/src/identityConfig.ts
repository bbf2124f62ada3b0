import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './configError.ts';

/** The identity provider that people may sign in with: ProConnect, Keycloak, any issuer of OpenID Connect. */
export interface IdentitySettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** Separated by spaces. */
  readonly scopes: string;
  readonly label: string;
  readonly pkce: boolean;
  /** By which the provider signs what it says of a person; null: it may be plain. */
  readonly userinfoAlgorithm: string | null;
  readonly trustEmail: boolean;
  readonly signUp: boolean;
}

const flag = (byDefault: '0' | '1') =>
  z
    .enum(['0', '1', 'false', 'true'])
    .default(byDefault)
    .transform((value) => value === '1' || value === 'true');

/** The variables of the identity provider, a part of the table of docs/server.md. */
export const identityEnvironment = {
  LIASSE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: 'Issuer of OpenID Connect that people may sign in with. `http://` on this machine alone.',
      defaultText: 'none: passwords only',
    }),
  LIASSE_OIDC_CLIENT_ID: z.string().min(1).optional().meta({ description: 'This server’s name at the issuer.' }),
  LIASSE_OIDC_CLIENT_SECRET: z.string().min(1).optional().meta({ description: 'Its secret there.' }),
  LIASSE_OIDC_CLIENT_SECRET_FILE: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'File with that secret, instead of the variable.' }),
  LIASSE_OIDC_SCOPES: z
    .string()
    .regex(/(?:^| )openid(?: |$)/, { error: 'scopes separated by spaces, among them openid' })
    .default('openid email profile')
    .meta({ description: 'What is asked of the issuer.' }),
  LIASSE_OIDC_LABEL: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({ description: 'What the button says after “Sign in with”.', defaultText: 'the issuer’s host' }),
  LIASSE_OIDC_PKCE: flag('1').meta({
    description: '0: for an issuer that refuses PKCE, as ProConnect does.',
    defaultText: '1',
  }),
  LIASSE_OIDC_USERINFO_ALG: z
    .enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])
    .optional()
    .meta({
      description: 'Algorithm by which the issuer must sign userinfo, such as `ES256`. Anything else is refused.',
      defaultText: 'none: plain or signed',
    }),
  LIASSE_OIDC_TRUST_EMAIL: flag('0').meta({
    description:
      '1: an address that the issuer calls verified opens the account of that address, whose password and sessions end.',
  }),
  LIASSE_OIDC_SIGN_UP: flag('0').meta({ description: '1: whom the issuer knows comes in without an invitation.' }),
};

type Given = z.infer<z.ZodObject<typeof identityEnvironment>>;

/** Null where no issuer is set. @throws {ConfigError} */
export function identityIn(given: Given, isLoopback: (host: string) => boolean): IdentitySettings | null {
  const { LIASSE_OIDC_ISSUER: issuer, LIASSE_OIDC_CLIENT_ID: clientId } = given;
  if (!issuer) {
    if (clientId) throw new ConfigError('LIASSE_OIDC_CLIENT_ID goes with LIASSE_OIDC_ISSUER: give both.');
    return null;
  }
  if (!clientId) throw new ConfigError('LIASSE_OIDC_ISSUER goes with LIASSE_OIDC_CLIENT_ID: give both.');
  const { protocol, hostname, host } = new URL(issuer);
  if (protocol === 'http:' && !isLoopback(hostname))
    throw new ConfigError(
      'LIASSE_OIDC_ISSUER must be an https:// address: whoever is on the way could sign in as anyone.',
    );
  const clientSecret = secretOf(given);
  if (clientSecret === null && !given.LIASSE_OIDC_PKCE)
    throw new ConfigError('Without PKCE the issuer must know this server by a secret: give LIASSE_OIDC_CLIENT_SECRET.');
  return {
    ...{ issuer, clientId, clientSecret },
    scopes: given.LIASSE_OIDC_SCOPES,
    label: given.LIASSE_OIDC_LABEL ?? host,
    pkce: given.LIASSE_OIDC_PKCE,
    userinfoAlgorithm: given.LIASSE_OIDC_USERINFO_ALG ?? null,
    trustEmail: given.LIASSE_OIDC_TRUST_EMAIL,
    signUp: given.LIASSE_OIDC_SIGN_UP,
  };
}

function secretOf({ LIASSE_OIDC_CLIENT_SECRET: text, LIASSE_OIDC_CLIENT_SECRET_FILE: file }: Given): string | null {
  if (text && file)
    throw new ConfigError('Give LIASSE_OIDC_CLIENT_SECRET or LIASSE_OIDC_CLIENT_SECRET_FILE, not both.');
  if (!file) return text ?? null;
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret) return secret;
  } catch (error) {
    throw new ConfigError(
      `LIASSE_OIDC_CLIENT_SECRET_FILE cannot be read: ${error instanceof Error ? error.message : file}.`,
    );
  }
  throw new ConfigError(`LIASSE_OIDC_CLIENT_SECRET_FILE is empty: ${file}.`);
}
