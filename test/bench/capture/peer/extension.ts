import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const require = createRequire(import.meta.url);

/**
 * Makes an extension of single-file-core as its author's own is: hooks in the page's world and a script in every frame before
 * the page, the capture itself on demand, and every origin's bytes through the background. Built from node_modules into a
 * temporary folder at each run: it is under the AGPL, and nothing of it is in the project.
 */
export async function buildPeerExtension(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'liasse-peer-'));
  await bundle(folder, 'hooks', require.resolve('single-file-core/single-file-hooks-frames.js'));
  await bundle(folder, 'frames', require.resolve('single-file-core/single-file-frames.js'));
  await bundle(folder, 'capture', require.resolve('single-file-core/single-file.js'));
  writeFileSync(join(folder, 'fetch.js'), `(${bridgeFetch.toString()})();`);
  writeFileSync(join(folder, 'worker.js'), `(${worker.toString()})();`);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

const everywhere = { matches: ['<all_urls>'], run_at: 'document_start', all_frames: true, match_about_blank: true };
const manifest = {
  manifest_version: 3,
  name: 'peer',
  version: '1',
  permissions: ['scripting', 'tabs'],
  host_permissions: ['<all_urls>'],
  background: { service_worker: 'worker.js' },
  content_scripts: [
    { ...everywhere, js: ['hooks.js'], world: 'MAIN' },
    { ...everywhere, js: ['frames.js'] },
  ],
};

/** What a module exports becomes the global `singlefile` of the extension's world, as its author's build has it. */
async function bundle(folder: string, name: string, entry: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: true,
      lib: {
        entry,
        formats: ['iife'],
        name: name === 'capture' ? 'singlefile' : 'peer',
        fileName: () => `${name}.js`,
      },
    },
  });
}

/** In the page, in the extension's world: what the page's own rules refuse, the background fetches. */
function bridgeFetch(): void {
  const world = globalThis as unknown as {
    singlefile: { init(options: unknown): void };
    chrome: {
      runtime: {
        sendMessage(message: unknown): Promise<{ status: number; headers: [string, string][]; data: string } | null>;
      };
    };
  };
  world.singlefile.init({
    fetch: async (url: string, options: RequestInit) => {
      try {
        return await fetch(url, {
          ...options,
          cache: 'force-cache',
          referrerPolicy: 'strict-origin-when-cross-origin',
        });
      } catch {
        const answer = await world.chrome.runtime.sendMessage({ method: 'bench.fetch', url, headers: options.headers });
        if (!answer) throw new TypeError(`not fetched: ${url}`);
        const bytes = Uint8Array.from(atob(answer.data), (char) => char.charCodeAt(0));
        return {
          status: answer.status,
          url,
          headers: new Headers(answer.headers),
          arrayBuffer: async () => bytes.buffer,
        };
      }
    },
  });
}

/** The background: fetches, and carries the frames' messages to the top as the library expects of it. */
function worker(): void {
  interface Sender {
    readonly tab?: { readonly id: number };
  }
  const { chrome } = globalThis as unknown as {
    chrome: {
      runtime: {
        onMessage: {
          addListener(
            listener: (
              message: { method?: string; url?: string; headers?: Record<string, string> },
              sender: Sender,
              answer: (value: unknown) => void,
            ) => boolean | undefined,
          ): void;
        };
      };
      tabs: { sendMessage(tab: number, message: unknown, options: { frameId: number }): Promise<unknown> };
    };
  };
  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (message.method === 'bench.fetch' && message.url !== undefined) {
      fetch(message.url, { headers: message.headers ?? {}, credentials: 'omit' })
        .then(async (response) => {
          const bytes = new Uint8Array(await response.arrayBuffer());
          let data = '';
          for (let at = 0; at < bytes.length; at += 8192) data += String.fromCharCode(...bytes.subarray(at, at + 8192));
          answer({ status: response.status, headers: [...response.headers], data: btoa(data) });
        })
        .catch(() => answer(null));
      return true;
    }
    if (/^singlefile\.frameTree\./.test(message.method ?? '') && sender.tab) {
      chrome.tabs.sendMessage(sender.tab.id, message, { frameId: 0 }).then(answer, () => answer(null));
      return true;
    }
    return undefined;
  });
}
