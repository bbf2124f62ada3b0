import { defineConfig } from 'vitest/config';

const root = new URL('../../', import.meta.url).pathname;

// Faults for real, minutes of them: `pnpm faults`, and never the gate. One after the other: each wants the machine for itself.
export default defineConfig({
  root: `${root}test`,
  test: {
    name: 'faults',
    environment: 'node',
    include: ['faults/**/*.fault.ts'],
    fileParallelism: false,
    isolate: false,
    testTimeout: 20 * 60_000,
    hookTimeout: 60_000,
    // Each test says in a line what it came to.
    disableConsoleIntercept: true,
  },
});
