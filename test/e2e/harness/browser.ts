import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, expect, type Page, type Worker } from '@playwright/test';
import { chromiumPath, EXTENSION } from './places.ts';

interface ProfileOptions {
  /** The folder of the extension; ours as it is shipped, if left out. */
  readonly extension?: string;
  readonly args?: readonly string[];
  readonly locale?: string;
  /** As the extension is right after it was installed, in a browser that has just started. */
  readonly firstRun?: boolean;
}

const KNOW_NO_POLICY = `chrome.storage?.local.get('policy')
  .then(({ policy }) => policy === undefined && chrome.storage.local.set({ policy: '{}' }))`;

/** A real browser profile with the built extension, and the permissions that people have: no host is granted. */
export class Profile {
  readonly context: BrowserContext;
  readonly extensionId: string;
  readonly #folder: string;
  readonly #options: ProfileOptions & { readonly keepFolder: boolean };
  /** The popup and the side panel are no pages of the context: they are reached over the debugging port. */
  readonly #connections: Browser[] = [];

  private constructor(
    context: BrowserContext,
    extensionId: string,
    folder: string,
    options: ProfileOptions & { readonly keepFolder: boolean },
  ) {
    this.context = context;
    this.extensionId = extensionId;
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * @param options.folder - a profile's folder to open again; a new one otherwise, removed on close
   * @param options.args - further switches
   */
  static open(options: ProfileOptions & { readonly folder?: string } = {}): Promise<Profile> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'liasse-profile-'));
    return Profile.#launch(folder, { ...options, keepFolder: options.folder !== undefined });
  }

  static async #launch(folder: string, options: ProfileOptions & { readonly keepFolder: boolean }): Promise<Profile> {
    const executablePath = chromiumPath();
    const extension = options.extension ?? EXTENSION;
    const context = await chromium.launchPersistentContext(folder, {
      ...(executablePath !== undefined && { executablePath }),
      headless: true,
      chromiumSandbox: false,
      locale: options.locale ?? 'fr-FR',
      // The browser's own language, which its workers have: `locale` reaches pages only.
      env: { ...process.env, LANGUAGE: (options.locale ?? 'fr-FR').replace('-', '_') },
      viewport: { width: 1280, height: 900 },
      args: [
        // Both are needed.
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        '--enable-unsafe-extension-debugging',
        // The popup is no page of the context: it is reached over this port.
        '--remote-debugging-port=0',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        `--lang=${options.locale ?? 'fr-FR'}`,
        ...(options.args ?? []),
      ],
    });
    context.setDefaultTimeout(15_000);
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    // The browser says after three seconds that nothing is managed; a device that was used before does not wait for it (J13).
    if (!options.firstRun) await worker.evaluate(KNOW_NO_POLICY);
    return new Profile(context, new URL(worker.url()).host, folder, options);
  }

  /** The folder, to open this profile again after `close`. */
  get folder(): string {
    return this.#folder;
  }

  /** The extension's running service worker. */
  async worker(): Promise<Worker> {
    const running = this.context.serviceWorkers().find((worker) => worker.url().includes(this.extensionId));
    return running ?? this.context.waitForEvent('serviceworker');
  }

  /** Opens the extension's app page. @param path - `/dossiers…` */
  async openApp(path = '/'): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.extensionId}/app.html#${path}`);
    return page;
  }

  /** Lets the extension into private windows, as a person does in the browser’s own page, and opens an address in one. */
  async openPrivately(url: string): Promise<Page> {
    const settings = await this.context.newPage();
    await settings.goto('chrome://extensions');
    const change = `{ extensionId: '${this.extensionId}', incognitoAccess: true }`;
    // The browser starts the extension again, and its worker with it.
    const again = this.context.waitForEvent('serviceworker');
    await settings.evaluate(`void chrome.developerPrivate.updateExtensionConfiguration(${change})`);
    const worker = await again;
    await settings.close();
    expect(await worker.evaluate('chrome.extension.isAllowedIncognitoAccess()')).toBe(true);
    const opened = this.context.waitForEvent('page', (page) => page.url() === url);
    await worker.evaluate(`void chrome.windows.create({ incognito: true, url: '${url}' })`);
    return opened;
  }

  /** Clicks the toolbar button over a page, as a person would: this grants `activeTab`. Answers with the open popup. */
  async clickToolbar(page: Page): Promise<Page> {
    await page.bringToFront();
    const browser = await this.#connect();
    // Headless, a popup does not lose the focus, and stays until it is closed.
    for (const open of this.#extensionPages(browser, 'popup.html')) await open.close();
    const session = await browser.newBrowserCDPSession();
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
    const tab = targetInfos.find(({ type, url }) => type === 'tab' && url === page.url());
    if (tab === undefined) throw new Error(`no tab shows ${page.url()}`);
    // Not in Playwright's types: the Extensions domain is experimental.
    const send = session.send.bind(session) as unknown as (method: string, params: unknown) => Promise<unknown>;
    await send('Extensions.triggerAction', { id: this.extensionId, targetId: tab.targetId });
    return this.#extensionPage('popup.html');
  }

  /** Opens the piece that a popup has just made, in a tab of its own. */
  async openPiece(popup: Page): Promise<Page> {
    const opened = this.context.waitForEvent('page');
    // The popup may be gone, having lost the focus to the tab, before it has said that the click was heard.
    await popup
      .getByRole('button', { name: 'Ouvrir', exact: true })
      .click()
      .catch((error) => {
        if (!popup.isClosed()) throw error;
      });
    return opened;
  }

  /** Opens the side panel beside the page that a popup is over. Answers with the panel. */
  async openSidePanel(popup: Page): Promise<Page> {
    const session = await popup.context().newCDPSession(popup);
    // Not awaited in the page: the popup may close while it is answered.
    await session.send('Runtime.evaluate', {
      expression: 'void chrome.windows.getCurrent().then((window) => chrome.sidePanel.open({ windowId: window.id }))',
      userGesture: true,
    });
    return this.#extensionPage('sidepanel.html');
  }

  /** Stops the service worker, as the browser does when it pleases; the next event wakes another. */
  async stopWorker(): Promise<void> {
    const page = this.context.pages()[0] ?? (await this.context.newPage());
    const session = await this.context.newCDPSession(page);
    try {
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
    } finally {
      await session.detach();
    }
  }

  /** Makes ready to end the browser as a power cut would. `strike` is immediate, and keeps the profile's folder. */
  async armCrash(): Promise<{ strike(): void; readonly ended: Promise<void> }> {
    const browser = await this.#connect();
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The others end with it: their pipes to it are gone.
    const main = processInfo.find(({ type }) => type === 'browser');
    if (main === undefined) throw new Error('the browser does not say which process it is');
    const ended = new Promise<void>((resolve) => this.context.once('close', () => resolve()));
    return {
      ended,
      strike: () => void process.kill(main.id, 'SIGKILL'),
    };
  }

  /** Lets go of the popups and panels reached so far. Each stays attached to every new page and frame, and slows it down. */
  async letGo(): Promise<void> {
    for (const browser of this.#connections.splice(0)) await browser.close();
  }

  async close(): Promise<void> {
    const folder = await this.quit();
    if (!this.#options.keepFolder) rmSync(folder, { recursive: true, force: true });
  }

  /** Closes the browser and keeps the profile's folder, to open it again. */
  async quit(): Promise<string> {
    await this.letGo();
    await this.context.close();
    return this.#folder;
  }

  /** Opens the same profile again, after `quit`, a crash, or now. */
  async reopen(): Promise<Profile> {
    return Profile.#launch(await this.quit(), this.#options);
  }

  /** A page of the extension that is no tab. One that opens after a connection was made is not seen on it. */
  async #extensionPage(name: 'popup.html' | 'sidepanel.html'): Promise<Page> {
    const address = `chrome-extension://${this.extensionId}/${name}`;
    await expect
      .poll(async () => {
        const targets = (await (await fetch(`${this.#debugger()}/json`)).json()) as { url: string }[];
        return targets.map(({ url }) => url.split('#')[0]);
      })
      .toContain(address);
    const [page] = this.#extensionPages(await this.#connect(), name);
    if (page === undefined) throw new Error(`${name} closed while it was being reached`);
    return page;
  }

  #extensionPages(browser: Browser, name: string): readonly Page[] {
    const pages = browser.contexts().flatMap((context) => context.pages());
    return pages.filter((page) => page.url().startsWith(`chrome-extension://${this.extensionId}/${name}`));
  }

  async #connect(): Promise<Browser> {
    const browser = await chromium.connectOverCDP(this.#debugger());
    this.#connections.push(browser);
    return browser;
  }

  #debugger(): string {
    const [port] = readFileSync(join(this.#folder, 'DevToolsActivePort'), 'utf8').split('\n');
    return `http://127.0.0.1:${port}`;
  }
}
