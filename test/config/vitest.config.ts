import { defineConfig } from 'vitest/config';

const root = new URL('../../', import.meta.url).pathname;
const project = (name: string, dir: string, environment: 'node' | 'jsdom', setupFiles: string[] = []) => ({
  test: {
    name,
    environment,
    setupFiles,
    root: `${root}${dir}`,
    include: ['src/**/*.test.{ts,tsx}', 'web/**/*.test.{ts,tsx}'],
    // Class names stay readable; a test of the tokens reads the text of tokens.css.
    css: { include: [/tokens\.css/], modules: { classNameStrategy: 'non-scoped' as const } },
    testTimeout: 20_000,
  },
});

export default defineConfig({
  root,
  test: {
    projects: [
      project('core', 'packages/core', 'node'),
      project('ui', 'packages/ui', 'jsdom', [`${root}packages/ui/src/testing/setup.ts`]),
      project('extension', 'extension', 'jsdom'),
      project('sync-server', 'sync-server', 'node'),
      {
        test: {
          name: 'whole',
          environment: 'node' as const,
          root: `${root}test`,
          include: ['{sim,faults,config,bench}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
