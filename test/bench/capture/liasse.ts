import { rmSync } from 'node:fs';
import { expect, type Frame, type Page } from '@playwright/test';
import { copyWithGrant } from '../../e2e/harness/grantedExtension.ts';
import { Profile } from '../../e2e/harness/index.ts';
import { msBetween, pause, watch, watchKey } from '../spine/sight.ts';
import { VIEWPORT } from './measure/tiles.ts';

export interface LiasseCapture {
  /** Where the app shows the snapshot. */
  readonly address: string;
  /** What the extension's scripts took in the page, from their injection to their answer in the worker. */
  readonly inPageMs: number;
  /** From Enter in the popup until the popup says that the piece is saved on this device. */
  readonly savedMs: number;
  /** What the popup said of it. */
  readonly said: string;
}

/** Long enough for the popup to have read the page, as it is when a person has found the key. */
const REACTION_MS = 400;
const OPEN_PATIENCE_MS = 60_000;

/** The built extension in a browser of its own, driven as a person drives it. */
export class Liasse {
  readonly profile: Profile;
  readonly #copy: string | null;

  private constructor(profile: Profile, copy: string | null) {
    this.profile = profile;
    this.#copy = copy;
  }

  /** @param options.granted - origins that the person has granted for good; none: `activeTab` alone */
  static async open(options: { granted: readonly string[]; args: readonly string[] }): Promise<Liasse> {
    const copy = options.granted.length === 0 ? null : copyWithGrant(options.granted);
    const profile = await Profile.open({ args: options.args, ...(copy !== null && { extension: copy }) });
    return new Liasse(profile, copy);
  }

  async capture(page: Page): Promise<LiasseCapture> {
    const popup = await this.profile.clickToolbar(page);
    await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused({ timeout: OPEN_PATIENCE_MS });
    await pause(REACTION_MS);
    const worker = await this.profile.worker();
    await worker.evaluate(watchScripts);
    const pressed = await watchKey(popup, 'Enter');
    const saved = await watch(popup, { selector: '[role=status]', texts: ['Enregistré sur cet appareil'] });
    await popup.keyboard.press('Enter');
    const savedMs = await msBetween(pressed, saved);
    const inPageMs = await (await this.profile.worker()).evaluate(scriptMs);
    const said = (await popup.getByRole('status').allTextContents()).join(' ');
    const address = await this.#addressOfPiece(popup);
    await this.profile.letGo();
    return { address, inPageMs, savedMs, said };
  }

  /**
   * Presses *Compléter…* on the piece's screen, where the app offers it, and waits until there is nothing more to complete.
   * False where it is not offered.
   */
  async complete(capture: LiasseCapture): Promise<boolean> {
    // In a tab of its own: frames of other sites are read while the page is still open.
    const page = await this.profile.context.newPage();
    try {
      await page.goto(capture.address);
      await page.locator('iframe[sandbox]').first().waitFor({ state: 'attached', timeout: OPEN_PATIENCE_MS });
      const button = page.getByRole('button', { name: /^Compléter/ }).first();
      const isOffered = await button
        .waitFor({ timeout: REACTION_MS * 5 })
        .then(() => true)
        .catch(() => false);
      if (!isOffered) return false;
      await button.click();
      await expect(button).toBeHidden({ timeout: OPEN_PATIENCE_MS });
      return true;
    } finally {
      await page.close();
    }
  }

  /** Opens a piece's snapshot in the app, filling the window as the page did. */
  async show(capture: LiasseCapture): Promise<{ page: Page; frame: Frame }> {
    const page = await this.#piece(capture);
    const viewer = page.locator('iframe[sandbox]').first();
    const frame = await (await viewer.elementHandle())?.contentFrame();
    if (!frame) throw new Error('the viewer has no document');
    await viewer.evaluate(fillWindow);
    await expect.poll(() => frame.evaluate(isComplete).catch(() => false), { timeout: OPEN_PATIENCE_MS }).toBe(true);
    await pause(REACTION_MS);
    return { page, frame };
  }

  async close(): Promise<void> {
    await this.profile.close();
    if (this.#copy !== null) rmSync(this.#copy, { recursive: true, force: true });
  }

  /** The piece's screen, once its snapshot is there. */
  async #piece({ address }: LiasseCapture): Promise<Page> {
    const page = this.profile.context.pages()[0] ?? (await this.profile.context.newPage());
    await page.setViewportSize(VIEWPORT);
    // The app's addresses differ in their fragment alone: without this, the last piece would still be on screen.
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('iframe[sandbox]').first().waitFor({ state: 'attached', timeout: OPEN_PATIENCE_MS });
    return page;
  }

  async #addressOfPiece(popup: Page): Promise<string> {
    const opened = this.profile.context.waitForEvent('page', { timeout: OPEN_PATIENCE_MS });
    await popup.getByRole('button', { name: 'Ouvrir', exact: true }).click();
    const app = await opened;
    await app.waitForURL(/app\.html#\/.*piece/);
    const address = `${app.url()}?vue=cliche`;
    await app.close();
    return address;
  }
}

/** In the worker: notes when the extension's scripts run in pages. */
function watchScripts(): void {
  const world = globalThis as unknown as {
    benchScripts?: [from: number, to: number][];
    chrome: { scripting: { executeScript: ((...given: unknown[]) => Promise<unknown>) & { isWatched?: true } } };
  };
  world.benchScripts = [];
  const { scripting } = world.chrome;
  if (scripting.executeScript.isWatched) return;
  const execute = scripting.executeScript.bind(scripting);
  const watched = async (...given: unknown[]) => {
    const from = performance.now();
    try {
      return await execute(...given);
    } finally {
      world.benchScripts?.push([from, performance.now()]);
    }
  };
  scripting.executeScript = Object.assign(watched, { isWatched: true as const });
}

/** In the worker: for how long at least one script ran. */
function scriptMs(): number {
  const runs = (globalThis as unknown as { benchScripts?: [number, number][] }).benchScripts ?? [];
  let sum = 0;
  let reached = 0;
  for (const [from, to] of [...runs].sort((a, b) => a[0] - b[0])) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

/** In the app: the viewer's frame above everything, at the size that the page had. Nothing in it is touched. */
function fillWindow(viewer: Element): void {
  const frame = viewer as HTMLIFrameElement;
  frame.popover = 'manual';
  frame.style.cssText =
    'position:fixed;inset:0;inline-size:1280px;block-size:800px;max-inline-size:none;max-block-size:none;margin:0;padding:0;border:0;border-radius:0';
  frame.showPopover();
}

function isComplete(): boolean {
  return (
    document.readyState === 'complete' &&
    document.body !== null &&
    document.body.childNodes.length > 0 &&
    [...document.images].every((image) => image.complete) &&
    document.fonts.status === 'loaded'
  );
}
