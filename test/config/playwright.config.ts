import { defineConfig } from '@playwright/test';

// Each test opens browser profiles of its own with the built extension (e2e/harness): there is no shared browser.
// The longest faults (minutes of two browsers, killed and opened again) are a command of their own, `pnpm faults`: the gate keeps shorter
// ones of each kind, and tests of the same promises without a browser (docs/reliability.md).
const FAULTS = /@faults/;
const onlyFaults = process.env.LIASSE_FAULTS === '1';

export default defineConfig({
  ...(onlyFaults ? { grep: FAULTS } : { grepInvert: FAULTS }),
  testDir: '../e2e',
  outputDir: '../../test-results/e2e',
  workers: 2,
  // Test by test: file by file, one long file keeps one worker waiting for the other.
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { headless: true, trace: 'off' },
});
