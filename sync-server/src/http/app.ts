import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { accountRoutes } from './account.routes.ts';
import { answerRefusals } from './answers.ts';
import { blobRoutes } from './blob.routes.ts';
import { deviceRoutes } from './device.routes.ts';
import { healthRoutes } from './health.routes.ts';
import { identityRoutes } from './identity.routes.ts';
import { receiptRoutes } from './receipt.routes.ts';
import { roomRoutes } from './room.routes.ts';
import { guardOrigins } from './security.ts';
import { sessionRoutes } from './session.routes.ts';
import type { Site } from './site.ts';
import { syncRoutes } from './sync.routes.ts';
import { teamRoutes } from './team.routes.ts';
import { versionRoutes } from './version.routes.ts';
import { webApp } from './webApp.ts';

const MAX_JSON_BYTES = 64 * 1024;

/** Everything that is answered over HTTP. */
export async function makeApp(config: Config, site: Site): Promise<FastifyInstance> {
  const app = newFastify(config);
  guardOrigins(app, () => site.publicUrl());
  answerRefusals(app, site);
  healthRoutes(app, site);
  accountRoutes(app, site);
  sessionRoutes(app, site);
  await deviceRoutes(app, site);
  identityRoutes(app, site);
  teamRoutes(app, site);
  receiptRoutes(app, site);
  versionRoutes(app, site);
  roomRoutes(app, site);
  await syncRoutes(app, site);
  await blobRoutes(app, site);
  await webApp(app, config.webFolder);
  return app;
}

function newFastify({ tls, trustProxy }: Config): FastifyInstance {
  const options = { bodyLimit: MAX_JSON_BYTES, trustProxy, forceCloseConnections: false as const };
  if (!tls) return fastify(options);
  const https = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
  // The two kinds of server differ in type only.
  return fastify({ ...options, https }) as unknown as FastifyInstance<Server>;
}
