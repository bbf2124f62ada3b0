import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { temporaryFolder } from './testing/testServer.ts';

const KEYCLOAK = { LIASSE_OIDC_ISSUER: 'https://keycloak.example/realms/mairie', LIASSE_OIDC_CLIENT_ID: 'liasse' };

test('[S114] an identity provider is a setting, PKCE on unless it is turned off; without it there is none', async () => {
  expect(readConfig({}).identity).toBeNull();
  const secret = join(await temporaryFolder(), 'secret');
  await writeFile(secret, 'mot-du-client\n');
  expect(readConfig({ ...KEYCLOAK, LIASSE_OIDC_CLIENT_SECRET_FILE: secret }).identity).toEqual({
    issuer: 'https://keycloak.example/realms/mairie',
    clientId: 'liasse',
    clientSecret: 'mot-du-client',
    scopes: 'openid email profile',
    label: 'keycloak.example',
    pkce: true,
    userinfoAlgorithm: null,
    trustEmail: false,
    signUp: false,
  });
  const proconnect = { LIASSE_OIDC_PKCE: '0', LIASSE_OIDC_USERINFO_ALG: 'ES256', LIASSE_OIDC_CLIENT_SECRET: 's' };
  expect(readConfig({ ...KEYCLOAK, ...proconnect }).identity).toMatchObject({
    pkce: false,
    userinfoAlgorithm: 'ES256',
  });
});

test('[S114] a provider that could not be trusted or told apart is refused at the start', async () => {
  const absent = join(await temporaryFolder(), 'absent');
  const wrong: Record<string, string>[] = [
    { LIASSE_OIDC_ISSUER: KEYCLOAK.LIASSE_OIDC_ISSUER },
    { LIASSE_OIDC_CLIENT_ID: 'liasse' },
    { ...KEYCLOAK, LIASSE_OIDC_ISSUER: 'http://keycloak.example/realms/mairie' },
    { ...KEYCLOAK, LIASSE_OIDC_PKCE: '0' },
    { ...KEYCLOAK, LIASSE_OIDC_CLIENT_SECRET: 's', LIASSE_OIDC_CLIENT_SECRET_FILE: absent },
    { ...KEYCLOAK, LIASSE_OIDC_CLIENT_SECRET_FILE: absent },
    { ...KEYCLOAK, LIASSE_OIDC_SCOPES: 'email' },
    { ...KEYCLOAK, LIASSE_OIDC_USERINFO_ALG: 'HS256' },
    { ...KEYCLOAK, LIASSE_OIDC_USERINFO_ALG: 'none' },
  ];
  for (const environment of wrong) {
    expect(() => readConfig(environment), JSON.stringify(environment)).toThrow(ConfigError);
  }
  expect(readConfig({ ...KEYCLOAK, LIASSE_OIDC_ISSUER: 'http://127.0.0.1:8080/realms/x' }).identity).not.toBeNull();
});
