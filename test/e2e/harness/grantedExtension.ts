import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION } from './places.ts';

/**
 * A copy of the built extension, as it is once a person has granted the other origin for good.
 *
 * `permissions.request` asks in a bubble of the browser's own, which nothing headless can press. An origin under
 * `host_permissions` is granted at install, and asking for it again is then answered yes without a bubble: the product's own
 * code runs, from the question on.
 */
export function copyWithGrant(origins: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'liasse-granted-'));
  cpSync(EXTENSION, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: origins.map((origin) => `${origin}/*`) }));
  return folder;
}
