import { defineConfig } from '@playwright/test';

// Each test opens browser profiles of its own with the built extension (e2e/harness): there is no shared browser.
export default defineConfig({
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
