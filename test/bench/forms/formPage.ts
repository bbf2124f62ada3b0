import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormCapture } from '@liasse/core';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { chromiumPath, EXTENSION } from '../../e2e/harness/places.ts';

const ORIGIN = 'http://formulaires.example';

/** A browser in which pages come from memory and nothing else is reached. */
export async function openFormBrowser() {
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    chromiumSandbox: false,
  });
  const context = await browser.newContext({ locale: 'fr-FR' });
  const pages = new Map<string, string>();
  await context.route('**/*', (route) => {
    const html = pages.get(new URL(route.request().url()).pathname);
    return html === undefined ? route.abort() : route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
  });
  const open = async (name: string, html: string): Promise<FormPage> => {
    pages.set(`/${name}`, html);
    return FormPage.open(context, `${ORIGIN}/${name}`);
  };
  return { open, close: () => browser.close() };
}

export interface PlanShape {
  readonly lines: readonly { readonly id: string; readonly does: string }[];
}

/** A page with the extension's own scripts in a world of their own, as `executeScript` has it. */
export class FormPage {
  readonly page: Page;
  readonly #session: CDPSession;
  readonly #world: number;

  private constructor(page: Page, session: CDPSession, world: number) {
    this.page = page;
    this.#session = session;
    this.#world = world;
  }

  static async open(context: BrowserContext, address: string): Promise<FormPage> {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    const session = await context.newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'liasse',
    });
    const opened = new FormPage(page, session, executionContextId);
    await opened.inject('page-form');
    return opened;
  }

  /** Runs one of the built, unlisted scripts. */
  async inject(script: 'page-form' | 'page-content'): Promise<void> {
    await this.#evaluate(`${readFileSync(join(EXTENSION, `${script}.js`), 'utf8')}\n;0`);
  }

  read = (): Promise<FormCapture> => this.call<FormCapture>('liasseForm.read()');

  plan = (capture: FormCapture): Promise<PlanShape> =>
    this.call<PlanShape>(
      `liasseForm.plan(${JSON.stringify(capture.fields.map((field) => ({ ...field, id: field.key })))})`,
    );

  apply = (plan: PlanShape): Promise<unknown> => {
    const chosen = plan.lines.filter(({ does }) => does === 'fill').map(({ id }) => id);
    return this.call(`liasseForm.apply(${JSON.stringify(plan)}, ${JSON.stringify(chosen)})`);
  };

  /** Evaluates in the extension's world; the answer crosses as JSON. */
  async call<T>(expression: string): Promise<T> {
    return JSON.parse(
      (await this.#evaluate(`(async () => JSON.stringify((await (${expression})) ?? null))()`)) as string,
    ) as T;
  }

  async #evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId: this.#world,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  close = (): Promise<void> => this.page.close();
}
