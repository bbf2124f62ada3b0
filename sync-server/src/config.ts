import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigError } from './configError.ts';
import { type IdentitySettings, identityEnvironment, identityIn } from './identityConfig.ts';

export { ConfigError } from './configError.ts';

/** What the operator chose. Everything the server reads from its environment is here. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  /** Folder of everything that must be backed up. */
  readonly dataFolder: string;
  /** Where people reach the server, without a final slash; null: where it listens. */
  readonly publicUrl: string | null;
  /** Folder of the built web app; it may not be there yet. */
  readonly webFolder: string;
  readonly trustProxy: boolean;
  /** Paths of PEM files. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Where figures are served; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** The identity provider that people may sign in with; null: none. */
  readonly identity: IdentitySettings | null;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const flag = z
  .enum(['0', '1', 'false', 'true'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

/**
 * All the variables that the server reads. Their descriptions are the table of docs/server.md, which a test compares with
 * this: `defaultText` where a default is not the same everywhere.
 */
export const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4400).meta({ description: 'Port; 0 for any free one.' }),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on. Off this machine, TLS or a declared proxy is required.' }),
  LIASSE_DATA: z
    .string()
    .min(1)
    .default(`${repository}.data`)
    .meta({ description: 'Folder of everything that is kept.', defaultText: '`.data` at the root' }),
  LIASSE_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description: 'The address people use; links are made with it. Off this machine it is required, with `https://`.',
      defaultText: 'where it listens',
    }),
  LIASSE_WEB_DIR: z
    .string()
    .min(1)
    .default(`${repository}packages/ui/dist/web`)
    .meta({ description: 'Folder of the built web app.', defaultText: '`packages/ui/dist/web`' }),
  LIASSE_TRUST_PROXY: flag.meta({ description: '1: a proxy with TLS stands in front.' }),
  LIASSE_TLS_CERT: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'PEM file of the certificate. Goes with the key.' }),
  LIASSE_TLS_KEY: z.string().min(1).optional().meta({ description: 'PEM file of the private key of the certificate.' }),
  LIASSE_METRICS: z
    .string()
    .regex(/^(?:\[[0-9a-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, { error: 'an address such as 127.0.0.1:9464' })
    .optional()
    .meta({
      description: 'Address of its own at which `/metrics` is served, such as `127.0.0.1:9464`.',
      defaultText: 'none: not served',
    }),
  ...identityEnvironment,
});

/** @throws {ConfigError} */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(`The environment cannot be read: ${wrong.join('; ')}.`);
  }
  const { PORT, HOST, LIASSE_DATA, LIASSE_PUBLIC_URL, LIASSE_WEB_DIR, ...rest } = parsed.data;
  const config: Config = {
    port: PORT,
    host: HOST,
    dataFolder: LIASSE_DATA,
    publicUrl: LIASSE_PUBLIC_URL ?? null,
    webFolder: LIASSE_WEB_DIR,
    trustProxy: rest.LIASSE_TRUST_PROXY,
    tls: tlsOf(rest.LIASSE_TLS_CERT, rest.LIASSE_TLS_KEY),
    metrics: rest.LIASSE_METRICS === undefined ? null : addressOf(rest.LIASSE_METRICS),
    identity: identityIn(rest, isLoopback),
  };
  refuseOpenHttp(config);
  return config;
}

/** The data folder alone: what is done with it needs none of the other settings. */
export function dataFolderIn(environment: Readonly<Record<string, string | undefined>>): string {
  return Environment.shape.LIASSE_DATA.parse(environment.LIASSE_DATA || undefined);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

function addressOf(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
}

function tlsOf(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (certFile && keyFile) return { certFile, keyFile };
  if (certFile || keyFile) throw new ConfigError('LIASSE_TLS_CERT and LIASSE_TLS_KEY go together: give both.');
  return null;
}

// On plain http:// off loopback a browser has neither crypto.subtle, nor locks, nor a service worker: the app would not
// work, and passwords would travel in clear.
function refuseOpenHttp({ host, tls, trustProxy, publicUrl }: Config): void {
  if (isLoopback(host)) return;
  if (!tls && !trustProxy) {
    throw new ConfigError(
      `HOST=${host} would serve passwords and documents without encryption. Give LIASSE_TLS_CERT and LIASSE_TLS_KEY, ` +
        'or put a proxy with TLS in front and say so with LIASSE_TRUST_PROXY=1 and LIASSE_PUBLIC_URL=https://….',
    );
  }
  if (!publicUrl?.startsWith('https://')) {
    throw new ConfigError('LIASSE_PUBLIC_URL must be the https:// address that people use: links are made with it.');
  }
}
