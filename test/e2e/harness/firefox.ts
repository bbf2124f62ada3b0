import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { FIREFOX_EXTENSION } from './places.ts';

const EXTENSION_ID = 'liasse@liasse.example';
/** Firefox gives each installed extension an address of its own; this one is set, to be known beforehand. */
const UUID = '1f0cbf6e-5b0e-4c6e-9d5f-3a6c1e0b7a42';

/** What a BiDi command answers, as far as it is read here. */
interface Evaluated {
  readonly type: string;
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

/** The part of puppeteer's BiDi connection that is used: its own types leave Firefox's own scope out. */
interface Connection {
  send(method: string, params: unknown): Promise<{ readonly result: unknown }>;
}

/**
 * A real Firefox with the built extension. Its toolbar button and its popup belong to no page: they are reached through the browser's own
 * window, by the way that a click takes, which is what grants `activeTab`.
 */
export class Firefox {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @param executablePath - of Firefox */
  static async open(executablePath: string): Promise<Firefox> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      args: ['--remote-allow-system-access'],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: UUID }),
        'intl.locale.requested': 'fr',
        'intl.accept_languages': 'fr-FR,fr',
      },
    });
    await browser.installExtension(FIREFOX_EXTENSION);
    return new Firefox(browser);
  }

  /** Opens a page in the tab in front. */
  async visit(url: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(url);
    return page;
  }

  /** Opens the extension's app page. @param path - `/dossiers…` */
  async openApp(path: string): Promise<Page> {
    const page = await this.#browser.newPage();
    // It never says that it has arrived.
    void page.goto(`moz-extension://${UUID}/app.html#${path}`).catch(() => undefined);
    await page.waitForFunction(() => document.querySelector('main h1') !== null);
    return page;
  }

  /** Clicks the toolbar button over the page in front, and waits until the popup has the keyboard. */
  async clickToolbar(): Promise<void> {
    await this.#inBrowser(`(async () => {
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      await ExtensionParent.apiManager.asyncLoadModule('browserAction');
      const { extension } = WebExtensionPolicy.getByID('${EXTENSION_ID}');
      await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
    })()`);
  }

  /** The words in the popup; empty while none is open. */
  async popupText(): Promise<string> {
    const words = await this.#inBrowser(`new Promise((resolve) => {
      const popup = document.querySelector('browser[webextension-view-type=popup]');
      if (popup === null) return resolve('');
      popup.messageManager.addMessageListener('words', ({ data }) => resolve(data));
      popup.messageManager.loadFrameScript("data:,sendAsyncMessage('words', content.document.body?.innerText ?? '')", false);
    })`);
    return String(words);
  }

  /** Presses a key in the popup. @param key - as `KeyboardEvent.key` and `code` say it: `Enter` */
  async pressInPopup(key: string): Promise<void> {
    await this.#inBrowser(`(() => {
      document.querySelector('browser[webextension-view-type=popup]').focus();
      const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
      processor.beginInputTransactionForTests(window);
      const event = new KeyboardEvent('', { key: '${key}', code: '${key}' });
      processor.keydown(event);
      processor.keyup(event);
    })()`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Runs an expression in the browser's own window. */
  async #inBrowser(expression: string): Promise<unknown> {
    const connection = (this.#browser as unknown as { readonly connection: Connection }).connection;
    const { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [top] = (tree as { contexts: { context: string }[] }).contexts;
    const { result } = await connection.send('script.evaluate', {
      expression,
      target: { context: top?.context },
      awaitPromise: true,
    });
    const { exceptionDetails, result: value } = result as Evaluated;
    if (exceptionDetails !== undefined) throw new Error(`in Firefox: ${exceptionDetails.text}`);
    return value?.value;
  }
}
