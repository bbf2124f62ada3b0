import { ask, type Reply } from './testServer.ts';

const MOST_HOPS = 12;

/** As much of a browser as a sign-in at a provider needs: cookies of each origin, and redirects. */
export class Browser {
  readonly #url: string;
  readonly #jars = new Map<string, Map<string, string>>();

  /** @param url - of the server whose pages it shows */
  constructor(url: string) {
    this.#url = url;
  }

  /** As a page of the server asks it, or one of another origin. */
  async ask(method: string, path: string, body?: unknown, origin = this.#url): Promise<Reply> {
    const address = `${this.#url}${path}`;
    const reply = await ask(address, { method, body, headers: { ...this.#cookies(address), origin } });
    this.#keep(address, reply.headers);
    return reply;
  }

  /** The whole way: begins, signs in at the provider, comes back, fetches what came of it. */
  async signIn(options: object = {}): Promise<Reply> {
    await this.comeBack(await this.visitProvider(await this.start(options)));
    return this.fetchSession();
  }

  tryStart(options: object = {}): Promise<Reply> {
    return this.ask('POST', '/api/oidc/start', options);
  }

  /** Where the provider is to be visited. */
  async start(options: object = {}): Promise<string> {
    const { status, body } = await this.tryStart(options);
    if (status !== 200) throw new Error(`start answered ${status} ${JSON.stringify(body)}`);
    return (body as { url: string }).url;
  }

  /** Follows the provider’s pages until it sends the browser back; gives the address that it is sent to. */
  async visitProvider(from: string): Promise<string> {
    let address = from;
    for (let hops = 0; hops < MOST_HOPS; hops += 1) {
      const answer = await this.#go(address);
      const to = answer.headers.get('location');
      if (to === null) throw new Error(`the provider stops at ${address}: ${answer.status} ${await answer.text()}`);
      address = new URL(to, address).href;
      if (address.startsWith(this.#url)) return address;
    }
    throw new Error('the provider sends the browser round in circles');
  }

  /** Comes back with the provider’s answer, as far as the page that it leads to. */
  async comeBack(address: string): Promise<void> {
    const answer = await this.#go(address);
    const to = answer.headers.get('location');
    if (answer.status !== 303 || to !== '/connexion') throw new Error(`the answer leads to ${to}: ${answer.status}`);
  }

  fetchSession(): Promise<Reply> {
    return this.ask('POST', '/api/oidc/session', {});
  }

  async #go(address: string): Promise<Response> {
    const answer = await fetch(address, { redirect: 'manual', headers: this.#cookies(address) });
    this.#keep(address, answer.headers);
    return answer;
  }

  #cookies(address: string): Record<string, string> {
    const jar = this.#jars.get(new URL(address).origin);
    if (!jar || jar.size === 0) return {};
    return { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(address: string, headers: Headers): void {
    const { origin } = new URL(address);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const gone = value === '' || attributes.some((attribute) => /^ ?max-age=0$/i.test(attribute));
      if (gone) jar.delete(name.trim());
      else jar.set(name.trim(), value);
    }
  }
}
