import { createServer } from 'node:http';
import type { Registry } from '../metrics/registry.ts';

/**
 * Serves figures at an address of their own. Not at the server's: behind a proxy on the same machine every request comes from
 * loopback, and who works when would be everyone's to read.
 */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    response.statusCode = known ? 200 : 404;
    response.setHeader('content-type', known ? 'text/plain; version=0.0.4; charset=utf-8' : 'text/plain');
    response.end(known ? registry.text() : 'Figures are at /metrics.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const listens = address && typeof address === 'object' ? address.port : port;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${listens}`, close };
}
