import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocket, type Socket, type Server as SocketServer } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { corpusFolder, ROOT } from '../../e2e/harness/places.ts';
import { madeImage } from './madeImages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

const PAGES = join(import.meta.dirname, 'pages');
/** Fonts under the SIL licence that the interface ships; pages of the bench use them as web fonts. */
const FONTS: Readonly<Record<string, string>> = {
  'sans.woff2': 'source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  'serif.woff2': 'source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
};
/** Where Debian's documentation lies, and the scripts and styles that it shares. */
const DEBIAN = /^\/usr\/share\/(?:doc|gtk-doc|javascript|gimp|sphinx[^/]*)\//;

/**
 * Two origins that serve the same things, and a third that takes connections and never answers.
 *
 * In the written pages `{{here}}`, `{{other}}` and `{{dead}}` stand for them. Below `/cors/` an answer may be read by any
 * origin; below `/images-elsewhere/` a page's images are taken from the other origin, as from a delivery network.
 */
export class Origins {
  readonly here: string;
  readonly other: string;
  readonly dead: string;
  readonly #closers: (() => Promise<void>)[];
  readonly #changes: Map<string, (html: string) => string>;

  private constructor(
    [here, other, dead]: readonly [string, string, string],
    closers: (() => Promise<void>)[],
    changes: Map<string, (html: string) => string>,
  ) {
    this.here = here;
    this.other = other;
    this.dead = dead;
    this.#closers = closers;
    this.#changes = changes;
  }

  static async open(): Promise<Origins> {
    const one = createServer();
    const two = createServer();
    const silent = deadServer();
    const addresses = [await listen(one), await listen(two), await listen(silent.server)] as const;
    const changes = new Map<string, (html: string) => string>();
    serve(one, addresses, changes);
    serve(two, [addresses[1], addresses[0], addresses[2]], changes);
    return new Origins(addresses, [() => end(one), () => end(two), silent.end], changes);
  }

  /** From now on a page is served with another text. */
  change(path: string, change: (html: string) => string): void {
    this.#changes.set(path, change);
  }

  async close(): Promise<void> {
    await Promise.all(this.#closers.map((close) => close()));
  }
}

function serve(
  server: Server,
  [here, other, dead]: readonly [string, string, string],
  changes: ReadonlyMap<string, (html: string) => string>,
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', here);
    const found = find(decodeURIComponent(pathname), { here, other, dead });
    if (found === null) {
      response.writeHead(404).end();
      return;
    }
    const change = changes.get(pathname);
    const body = change ? change(found.body.toString()) : found.body;
    response
      .writeHead(200, {
        'content-type': found.type,
        'cache-control': found.type.startsWith('text/html') ? 'no-store' : 'max-age=3600',
        ...(pathname.startsWith('/cors/') && { 'access-control-allow-origin': '*' }),
      })
      .end(body);
  });
}

interface Found {
  readonly type: string;
  readonly body: string | Buffer;
}

function find(path: string, origins: { here: string; other: string; dead: string }): Found | null {
  const [, first = '', ...rest] = path.split('/');
  if (first === 'cors') return find(`/${rest.join('/')}`, origins);
  if (first === 'images-elsewhere') {
    const page = find(`/${rest.join('/')}`, origins);
    return page && { ...page, body: imagesFrom(origins.other, `/${rest.join('/')}`, page.body.toString()) };
  }
  if (first === 'made') return { type: 'image/png', body: madeImage(rest.join('/')) };
  if (first === 'fonts') return font(rest.join('/'));
  if (first === 'pages') return written(join(PAGES, normalize(`/${rest.join('/')}`)), origins);
  if (first === 'articles') return article(rest.join('/'));
  const whole = normalize(path);
  return DEBIAN.test(whole) ? read(whole) : null;
}

function written(path: string, origins: { here: string; other: string; dead: string }): Found | null {
  const found = read(path);
  if (found === null || !/^(?:text|image\/svg)/.test(found.type)) return found;
  const body = found.body
    .toString()
    .replace(/\{\{(here|other|dead)\}\}/g, (_, name: keyof typeof origins) => origins[name]);
  return { ...found, body };
}

function font(name: string): Found | null {
  const file = FONTS[name];
  return file === undefined ? null : read(join(ROOT, 'packages/ui/node_modules/@fontsource-variable', file));
}

function article(name: string): Found | null {
  const folder = corpusFolder('articles');
  return folder === null || name.includes(sep) ? null : read(join(folder, name));
}

function read(path: string): Found | null {
  try {
    if (!statSync(path).isFile()) return null;
    return { type: TYPES[extname(path)] ?? 'application/octet-stream', body: readFileSync(path) };
  } catch {
    return null;
  }
}

/** Points the images of a page at the other origin; a base brings the rest from where it was. */
function imagesFrom(other: string, path: string, html: string): string {
  const images = html.replace(/(<img\b[^>]*?\bsrc=")([^":]+)"/g, (_, before: string, source: string) => {
    return `${before}${new URL(source, `${other}${path}`).href}"`;
  });
  return images.replace(/<head\b[^>]*>/i, (head) => `${head}<base href="${path}">`);
}

function listen(server: Server | SocketServer): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function end(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function deadServer(): { server: SocketServer; end: () => Promise<void> } {
  const held = new Set<Socket>();
  const server = createSocket((socket) => {
    held.add(socket);
    socket.on('error', () => {}).on('close', () => held.delete(socket));
  });
  const end = () => {
    for (const socket of held) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { server, end };
}
