import { browser } from 'wxt/browser';
import * as z from 'zod/mini';

// zod/mini: the popup reads the policy before it shows itself.

/** What an administration sets for its devices, through the browser’s own policies (`public/policy.schema.json`). */
export interface Policy {
  /** The only server that may be signed in to, as an origin. */
  readonly server: string | null;
  /** Hosts that may be captured, with all below them; null: every site. */
  readonly allowedSites: readonly string[] | null;
  /** Days after which a device that nobody used gives up what its server has recorded. */
  readonly retentionDays: number | null;
}

export const NO_POLICY: Policy = { server: null, allowedSites: null, retentionDays: null };

const Host = z.string().check(z.regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/));

/**
 * Reads a policy, value by value. One that cannot be read never widens what is allowed: of a list of sites its readable hosts stay, and
 * a list that is no list allows none. A server that is no address is one that nobody can sign in to.
 */
export function parsePolicy(found: unknown): Policy {
  const values = z.record(z.string(), z.unknown()).safeParse(found);
  if (!values.success) return NO_POLICY;
  const { server, allowedSites, retentionDays } = values.data;
  const days = z.int().check(z.minimum(1)).safeParse(retentionDays);
  return {
    server: server === undefined ? null : originOf(server),
    allowedSites: allowedSites === undefined ? null : hostsIn(allowedSites),
    retentionDays: days.success ? days.data : null,
  };
}

/** Where nothing manages this browser there is no policy: Firefox refuses, Chromium answers with an empty object. */
export async function readPolicy(): Promise<Policy> {
  return parsePolicy(await browser.storage.managed?.get(null).catch(() => ({})));
}

/** Whether the policy lets a page of this address be captured. Files and pages without a host are no site: a list leaves them out. */
export function allowsSite({ allowedSites }: Policy, url: string): boolean {
  if (allowedSites === null) return true;
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/\.$/u, '') : '';
  return allowedSites.some((allowed) => host === allowed || host.endsWith(`.${allowed}`));
}

/** Whether the policy lets this device speak to the server of an address, or of a link. */
export function allowsServer({ server }: Policy, address: string): boolean {
  return server === null || originOf(address) === server;
}

function originOf(address: unknown): string {
  const text = typeof address === 'string' ? address.trim() : '';
  const whole = /^https?:/iu.test(text) ? text : `https://${text}`;
  return URL.canParse(whole) ? new URL(whole).origin : '';
}

const hostsIn = (list: unknown): readonly string[] =>
  Array.isArray(list)
    ? list.flatMap(
        (host) => (typeof host === 'string' && Host.safeParse(host.toLowerCase().replace(/^\*\./u, '')).data) || [],
      )
    : [];
