import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Refusal } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';

const ABSENT = `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<title>Liasse</title>
<p>Le serveur fonctionne, mais l’application web n’a pas encore été construite. Lancez « npm start » à la racine du projet.</p>
<p lang="en">The server runs, but the web app has not been built yet. Run “npm start” at the root of the project.</p>
</html>
`;

/** The built web app: its files, and for any address of its own the page that knows what to show there. */
export async function webApp(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Vite puts a hash of their content in the names of its assets; the page and the worker must be asked for again.
        const fixed = path.includes(`${join(folder, 'assets')}/`);
        reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const [pathname = ''] = request.url.split('?');
    const page = request.method === 'GET' || request.method === 'HEAD';
    // A missing file must not be answered with a page: a browser would run or cache it as what it asked for.
    const file = /\.[A-Za-z0-9]+$/.test(pathname);
    if (!page || file || pathname.startsWith('/api/')) throw new Refusal('not-found');
    void reply.header('cache-control', 'no-cache');
    if (built) return reply.sendFile('index.html');
    return reply.type('text/html; charset=utf-8').send(ABSENT);
  });
}
