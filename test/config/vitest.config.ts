import { defineConfig } from 'vitest/config';

const root = new URL('../../', import.meta.url).pathname;
const project = (name: string, dir: string, environment: 'node' | 'jsdom', setupFiles: string[] = []) => ({
  test: {
    name,
    environment,
    // Starting a worker and reading every module again for each file costs more than the tests of most files. What has a
    // page keeps one of its own.
    isolate: false,
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
    // Two cores are what is expected of a machine; the default leaves one of them idle.
    maxWorkers: 2,
    projects: [
      project('core', 'packages/core', 'node'),
      project('ui', 'packages/ui', 'jsdom', [`${root}packages/ui/src/testing/setup.ts`]),
      project('extension', 'extension', 'jsdom'),
      project('sync-server', 'sync-server', 'node'),
      {
        test: {
          name: 'whole',
          environment: 'node' as const,
          isolate: false,
          root: `${root}test`,
          include: ['{sim,faults,config,bench}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
