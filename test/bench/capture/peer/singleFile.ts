import { rmSync } from 'node:fs';
import type { Page, Worker } from '@playwright/test';
import { Profile } from '../../../e2e/harness/index.ts';
import { buildPeerExtension } from './extension.ts';
import { SINGLE_FILE_DEFAULTS } from './options.ts';

/** One page as single-file-core saves it. `inPageMs`: its own call, its network included, nothing stored. */
export interface SingleFileCapture {
  readonly html: string;
  readonly inPageMs: number;
}

/** The peer in a browser of its own: its hooks change the pages that it is loaded beside. */
export class SingleFile {
  readonly profile: Profile;
  readonly #folder: string;

  private constructor(profile: Profile, folder: string) {
    this.profile = profile;
    this.#folder = folder;
  }

  static async open(args: readonly string[]): Promise<SingleFile> {
    const folder = await buildPeerExtension();
    return new SingleFile(await Profile.open({ extension: folder, args }), folder);
  }

  /** @param options.waitsForLazy - false leaves out its wait for lazy images, which takes seconds by itself */
  async capture(page: Page, options: { waitsForLazy: boolean }): Promise<SingleFileCapture> {
    const worker = await this.profile.worker();
    await page.bringToFront();
    const result = await runIn(worker, page.url(), {
      ...SINGLE_FILE_DEFAULTS,
      loadDeferredImages: options.waitsForLazy,
    });
    if (result === null) throw new Error(`single-file took nothing of ${page.url()}`);
    return result;
  }

  async close(): Promise<void> {
    await this.profile.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface ExtensionApi {
  readonly tabs: { query(what: { url?: string; active?: boolean }): Promise<{ id: number; url?: string }[]> };
  readonly scripting: { executeScript(what: unknown): Promise<{ result: unknown }[]> };
}

function runIn(worker: Worker, url: string, options: object): Promise<SingleFileCapture | null> {
  return worker.evaluate(
    async ({ url, options }) => {
      const { chrome } = globalThis as unknown as { chrome: ExtensionApi };
      const tab = (await chrome.tabs.query({})).find((each) => each.url === url);
      if (tab === undefined) return null;
      const target = { tabId: tab.id };
      await chrome.scripting.executeScript({ target, files: ['capture.js', 'fetch.js'] });
      const [first] = await chrome.scripting.executeScript({
        target,
        args: [options],
        func: async (options: object) => {
          const { singlefile } = globalThis as unknown as {
            singlefile: { getPageData(options: object): Promise<{ content: string }> };
          };
          const startedAt = performance.now();
          const { content } = await singlefile.getPageData({ ...options });
          return { html: content, inPageMs: performance.now() - startedAt };
        },
      });
      return (first?.result ?? null) as { html: string; inPageMs: number } | null;
    },
    { url, options },
  );
}
