// By hand: the popup reads the policy before it shows itself, and pays for what reads it.

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

const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/u;

/**
 * Reads a policy, value by value. One that cannot be read never widens what is allowed: of a list of sites its readable hosts stay, and
 * a list that is no list allows none. A server that is no address is one that nobody can sign in to.
 */
export function parsePolicy(found: unknown): Policy {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return NO_POLICY;
  const { server, allowedSites, retentionDays } = found as Readonly<Record<string, unknown>>;
  return {
    server: server === undefined ? null : originOf(server),
    allowedSites: allowedSites === undefined ? null : hostsIn(allowedSites),
    retentionDays: Number.isSafeInteger(retentionDays) && Number(retentionDays) >= 1 ? Number(retentionDays) : null,
  };
}

/** Where extension storage has the settings read last, as the administration wrote them. */
export const POLICY_KEY = 'policy';

/** @returns null where none was ever read */
export function rememberedPolicy(text: unknown): Policy | null {
  if (typeof text !== 'string') return null;
  try {
    return parsePolicy(JSON.parse(text));
  } catch {
    return null;
  }
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
    ? list
        .filter((host) => typeof host === 'string')
        .map((host) => host.toLowerCase().replace(/^\*\./u, ''))
        .filter((host) => HOST.test(host))
    : [];
