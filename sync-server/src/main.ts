#!/usr/bin/env node
import { ConfigError, readConfig } from './config.ts';
import type { Log } from './http/site.ts';
import { startServer } from './server.ts';

export { type Config, ConfigError, readConfig } from './config.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';

const OUT_WITHIN_MS = 10_000;

const log: Log = (event, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`);
};

/** `serve`: runs the server until it is told to stop, and is out within ten seconds then, even when the disk fails. */
async function serve(): Promise<void> {
  const server = await startServer(readConfig(process.env), { log });
  const stop = (signal: string) => {
    log('stopping', { signal });
    setTimeout(() => process.exit(1), OUT_WITHIN_MS - 500).unref();
    server.close().then(
      () => {
        log('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log('stopped-badly', { reason: error instanceof Error ? error.message : String(error) });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  log('ready', { url: server.url, ownerLink: server.ownerLink });
  if (server.ownerLink) {
    process.stdout.write(
      `\nThis server has no owner yet. Open this link once to become it:\n  ${server.ownerLink}\n\n`,
    );
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || (args.length === 1 && args[0] === 'serve')) return serve();
  // Only here: a server that runs needs none of it.
  const { runCommand } = await import('./operations/commands.ts');
  process.exitCode = runCommand(args, {
    environment: process.env,
    say: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
  });
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
