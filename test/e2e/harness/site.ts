import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { corpusFolder, FIXTURES } from './places.ts';

/** A web site on 127.0.0.1 with the project's fixtures, a corpus where there is one, and pages that a test writes. */
export class Site {
  readonly #server: Server;
  readonly #pages = new Map<string, { type: string; body: string | Buffer }>();
  readonly #held = new Map<string, Promise<void>>();
  readonly #listeners = new Set<(path: string) => void>();
  /** Paths asked for, in order. */
  readonly requests: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Site> {
    const server = createServer();
    const site = new Site(server);
    server.on('request', async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname;
      site.requests.push(path);
      for (const listener of [...site.#listeners]) listener(path);
      await site.#held.get(path);
      const found = site.#find(path);
      if (found === null) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' }).end(found.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** The address of a path, as a browser types it. */
  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Puts a page of the test's own. */
  put(path: string, body: string | Buffer, type = 'text/html; charset=utf-8'): string {
    this.#pages.set(path, { type, body });
    return this.url(path);
  }

  /** Keeps whoever asks for a path waiting until it is released. */
  hold(path: string): { release(): void } {
    let release = () => {};
    this.#held.set(path, new Promise((resolve) => (release = resolve)));
    return { release: () => release() };
  }

  /** Resolves when a path is asked for, from now on. */
  requested(path: string): Promise<void> {
    return new Promise((resolve) => {
      const listener = (asked: string) => {
        if (asked !== path) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #find(path: string): { type: string; body: string | Buffer } | null {
    const own = this.#pages.get(path);
    if (own !== undefined) return own;
    const [, folder, file] = path.split('/');
    const places: Readonly<Record<string, string | null>> = {
      fixtures: FIXTURES,
      articles: folder === 'articles' ? corpusFolder('articles') : null,
      'eu-law': folder === 'eu-law' ? corpusFolder('eu-law') : null,
    };
    const place = folder === undefined ? null : (places[folder] ?? null);
    if (place === null || file === undefined) return null;
    const whole = join(place, basename(file));
    return existsSync(whole) ? { type: 'text/html; charset=utf-8', body: readFileSync(whole) } : null;
  }
}
