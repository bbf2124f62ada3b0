import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { boundaries } from './boundaries.ts';

const root = mkdtempSync(join(tmpdir(), 'liasse-boundaries-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const plant = (path: string, source: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), source);
};

/** One module that breaks each rule, and the rule that must say so. */
const OFFENCES: [path: string, target: string, rule: string][] = [
  ['packages/core/src/board/a.ts', '../dossier/b.ts', 'core-slices-apart'],
  ['packages/core/src/board/b.ts', '../replica/r.ts', 'core-slices-apart'],
  ['packages/core/src/kernel/k.ts', '../board/a.ts', 'kernel-at-the-bottom'],
  ['packages/core/src/dossier/up.ts', '../../../ui/src/index.ts', 'core-knows-nobody'],
  ['packages/ui/src/board/s.ts', '../dossier/t.ts', 'ui-slices-apart'],
  ['packages/ui/src/kit/y.ts', '../../../../node_modules/yjs/index.js', 'ui-knows-no-yjs-and-no-browser-api'],
  ['packages/ui/src/kit/w.ts', '../../../../extension/src/e.ts', 'ui-knows-no-yjs-and-no-browser-api'],
  ['packages/ui/src/kit/deep.ts', '../../../core/src/board/a.ts', 'no-deep-imports'],
  ['packages/ui/src/kit/fake.ts', '../testing/fake.ts', 'no-testing-in-the-product'],
  ['sync-server/src/x.ts', '../../packages/core/src/index.ts', 'server-knows-the-protocol-only'],
  ['extension/src/deep.ts', '../../packages/ui/src/kit/deep.ts', 'no-deep-imports-of-ui'],
  ['packages/core/src/meeting/one.ts', './two.ts', 'no-cycles'],
  ['packages/core/src/meeting/lost.ts', './nowhere.ts', 'resolvable'],
];

test('each boundary bites', async () => {
  for (const path of [
    'packages/core/src/dossier/b.ts',
    'packages/core/src/replica/r.ts',
    'packages/core/src/index.ts',
    'packages/ui/src/index.ts',
    'packages/ui/src/dossier/t.ts',
    'packages/ui/src/testing/fake.ts',
    'node_modules/yjs/index.js',
    'extension/src/e.ts',
    'test/t.ts',
  ])
    plant(path, 'export const here = 1;\n');
  for (const [path, target] of OFFENCES) plant(path, `import '${target}';\nexport const x = 1;\n`);
  plant('packages/core/src/meeting/two.ts', "import './one.ts';\n");

  const { violations } = await boundaries(root);
  for (const [path, , rule] of OFFENCES) expect(violations).toContainEqual(expect.stringMatching(`^${rule}: ${path} `));
});
