// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { allowsServer, allowsSite, NO_POLICY, parsePolicy } from './policy.ts';

describe('what an administration sets', () => {
  test('[J10] nothing set, everything may be captured and signed in to', () => {
    for (const found of [{}, undefined, null, 'x', []]) expect(parsePolicy(found)).toEqual(NO_POLICY);
    expect(allowsSite(NO_POLICY, 'https://site.example/')).toBe(true);
    expect(allowsServer(NO_POLICY, 'https://other.example')).toBe(true);
  });

  test('[J10] a host stands for itself and all below it, and for no look-alike', () => {
    const policy = parsePolicy({ allowedSites: ['gouv.fr', '*.Europa.eu', '127.0.0.1'] });
    for (const url of [
      'https://gouv.fr/',
      'https://www.legifrance.gouv.fr/a?b',
      'https://eur-lex.europa.eu./',
      'http://127.0.0.1:80/',
    ])
      expect(allowsSite(policy, url), url).toBe(true);
    for (const url of [
      'https://faux-gouv.fr/',
      'https://gouv.fr.evil.example/',
      'https://evil.example/gouv.fr',
      'file:///gouv.fr',
      '',
    ])
      expect(allowsSite(policy, url), url).toBe(false);
  });

  test('[J10] [J11] what cannot be read never widens what is allowed', () => {
    expect(parsePolicy({ allowedSites: 'gouv.fr', server: 7, retentionDays: 0 })).toEqual({
      server: '',
      allowedSites: [],
      retentionDays: null,
    });
    expect(parsePolicy({ allowedSites: ['gouv.fr', 'https://a b', null] }).allowedSites).toEqual(['gouv.fr']);
    expect(allowsServer(parsePolicy({ server: 'not an address' }), 'https://liasse.example')).toBe(false);
  });

  test('[J11] the server is told by its origin, whatever way it is written or linked', () => {
    const policy = parsePolicy({ server: 'https://Liasse.example/' });
    for (const address of ['liasse.example', 'https://liasse.example/rejoindre#jeton', ' https://liasse.example:443 '])
      expect(allowsServer(policy, address), address).toBe(true);
    for (const address of [
      'http://liasse.example',
      'https://liasse.example:8443',
      'https://liasse.example.evil.test',
      '',
    ])
      expect(allowsServer(policy, address), address).toBe(false);
  });
});
