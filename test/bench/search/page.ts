import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumPath } from '../../e2e/harness/places.ts';

declare global {
  interface Window {
    benchWorker?: Worker;
  }
  interface Performance {
    /** Chromium, in a page isolated from others: what each of its parts takes. */
    measureUserAgentSpecificMemory(): Promise<{
      readonly breakdown: readonly {
        readonly bytes: number;
        readonly attribution: readonly { readonly scope: string }[];
      }[];
    }>;
  }
}

/** A page of Chromium that can start the bench's worker and measure what it takes. */
export interface BenchPage {
  readonly page: Page;
  close(): Promise<void>;
}

export async function openBenchPage(): Promise<BenchPage> {
  const worker = await bundle(join(import.meta.dirname, 'worker.ts'));
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.writeHead(200, {
      'content-type': isWorker ? 'text/javascript' : 'text/html',
      // Memory is measured of isolated pages alone.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(isWorker ? worker : '<!doctype html><title>bench</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const executablePath = chromiumPath();
  const browser: Browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    chromiumSandbox: false,
    // Memory is measured at once, not at the browser's leisure.
    args: ['--enable-blink-features=ForceEagerMeasureMemory'],
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A worker's module and all that it imports, as one text. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['es'] } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output.find(({ type }) => type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the bench’s worker was not built');
  return chunk.code;
}
