import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { EXTENSION, FIREFOX_EXTENSION } from './harness/index.ts';

interface Manifest {
  readonly permissions?: readonly string[];
  readonly commands?: unknown;
  readonly content_security_policy?: { readonly extension_pages?: string };
  readonly [key: string]: unknown;
}

const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

const SHARED = ['activeTab', 'alarms', 'contextMenus', 'scripting', 'storage', 'unlimitedStorage'];

for (const [browser, folder, allowed] of [
  ['Chrome', EXTENSION, [...SHARED, 'sidePanel'].sort()],
  ['Firefox', FIREFOX_EXTENSION, SHARED],
] as const) {
  test(`the extension built for ${browser} asks for what it uses, and for no site`, () => {
    const manifest = manifestIn(folder);
    expect([...(manifest.permissions ?? [])].sort()).toEqual(allowed);
    for (const key of [
      'host_permissions',
      'optional_permissions',
      'content_scripts',
      'web_accessible_resources',
      'externally_connectable',
    ]) {
      expect(manifest[key] ?? [], key).toEqual([]);
    }
    // Single sites may be asked for, one by one: nothing of it is held before a person says yes.
    expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
    expect(manifest.commands).toEqual({ _execute_action: { suggested_key: { default: 'Alt+Shift+L' } } });
  });

  test(`the pages of the extension built for ${browser} run their own scripts only`, () => {
    const policy = manifestIn(folder).content_security_policy?.extension_pages ?? '';
    const rules = Object.fromEntries(
      policy.split('; ').map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
    );
    expect(rules['default-src']).toBe("'none'");
    expect(rules['script-src']).toBe("'self'");
    expect(policy).not.toMatch(/unsafe-eval|\*(?!;| |$)/);
    // Plain http to this machine only.
    expect(rules['connect-src']?.split(' ').filter((source) => /^(?:http|ws):/.test(source))).toEqual([
      'http://127.0.0.1:*',
      'ws://127.0.0.1:*',
      'http://localhost:*',
      'ws://localhost:*',
    ]);
  });
}

test('the popup weighs at most 100 KB, compressed', () => {
  const html = readFileSync(join(EXTENSION, 'popup.html'), 'utf8');
  const files = new Set<string>();
  for (const [, file] of html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)) addWithImports(file as string, files);
  // Of the two languages it loads the one of the device: the larger counts.
  const chunks = readdirSync(join(EXTENSION, 'chunks')).filter((name) => name.startsWith('popup.strings.'));
  expect(chunks).toHaveLength(2);
  let bytes = Math.max(...chunks.map((name) => gzipSync(readFileSync(join(EXTENSION, 'chunks', name))).length));
  for (const file of files) bytes += gzipSync(readFileSync(join(EXTENSION, file))).length;
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(100 * 1024);
});

function addWithImports(file: string, files: Set<string>): void {
  if (files.has(file) || !existsSync(join(EXTENSION, file))) return;
  files.add(file);
  if (!file.endsWith('.js')) return;
  const source = readFileSync(join(EXTENSION, file), 'utf8');
  for (const [, imported] of source.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g)) {
    addWithImports(normalize(join(dirname(file), imported as string)), files);
  }
}
