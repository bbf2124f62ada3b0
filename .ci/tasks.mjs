// The two commands of the README, `npm start` and `npm test`, on any machine with Node 18 or newer and npm.
// Plain JavaScript without dependencies: it runs before anything is installed. It brings pnpm and, where npm has it, Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, installBrowser } from './browser.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const PNPM = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).packageManager;
const WEB_APP = join(ROOT, 'packages/ui/dist/web');
const EXTENSION = join(ROOT, 'extension/.output/chrome-mv3');
const RESULTS = join(ROOT, 'test-results');

/** Environment in which `node` and the tools of a package come first. */
function environment(cwd) {
  const path = [join(cwd, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, npm_config_verify_deps_before_run: 'false' };
}

/** Runs a command to its end; its output is shown when it fails, or as it comes when `live`. */
function run(label, command, { cwd = ROOT, live = false, env = {} } = {}) {
  const started = Date.now();
  return new Promise((done, fail) => {
    const child = spawn(command, {
      cwd,
      shell: true,
      env: { ...environment(cwd), ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    child.on('error', fail);
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      if (code === 0) {
        console.log(`✓ ${label} (${seconds} s)`);
        done();
      } else {
        if (output) console.error(output);
        fail(new Failure(`✗ ${label} (${seconds} s): \`${command}\` ended with ${code}`));
      }
    });
  });
}

/** Something a person can read without a stack. */
class Failure extends Error {}

/** Installs when the lockfile is not the one last installed. */
async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules/.liasse-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // Without a terminal pnpm refuses to replace node_modules unless CI says so.
  const env = process.stdin.isTTY ? {} : { CI: 'true' };
  await run('install', `npx --yes ${PNPM} install --frozen-lockfile`, { env });
  writeFileSync(stamp, lock);
}

function requireNode() {
  const { stdout } = spawnSync('node --version', { shell: true, env: environment(ROOT), encoding: 'utf8' });
  const [major = 0, minor = 0] = (stdout ?? '').replace('v', '').split('.').map(Number);
  // From 22.18 on, Node runs TypeScript as it is. On Linux and Windows npm brings 24; elsewhere it is the person's own.
  if (major < 22 || (major === 22 && minor < 18)) {
    throw new Failure(
      `Liasse needs Node 22.18 or newer here (found ${(stdout ?? '').trim() || 'none'}): https://nodejs.org`,
    );
  }
}

const build = () =>
  Promise.all([
    run('build of the web app', 'vite build web', { cwd: join(ROOT, 'packages/ui') }),
    run('build of the extension', 'wxt build && wxt build -b firefox', { cwd: join(ROOT, 'extension') }),
  ]);

async function test() {
  const browser = findBrowser() ?? installBrowser(environment(ROOT));
  if (!browser)
    throw new Failure('No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const packages = ['packages/core', 'packages/ui', 'sync-server', 'extension', 'test'];
  const typed = packages.map((place) => `(cd ${place} && npm run --silent types)`).join(' && ');
  const unit = join(RESULTS, 'unit.json');
  // Two at a time: what is expected of a machine is two cores.
  await Promise.all([
    build(),
    run('format and lint', 'biome check --error-on-warnings --config-path=test/config/lint.json .'),
  ]);
  // The unit tests leave a fifth of two cores idle: the checks fill it.
  await Promise.all([
    run('types', typed),
    run('boundaries', 'node test/config/boundaries.ts').then(() =>
      run('dead code', 'knip --config test/config/knip.json'),
    ),
    run(
      'unit and property tests',
      `vitest run --config test/config/vitest.config.ts --reporter=dot --reporter=json --outputFile.json=${unit}`,
      { live: true },
    ),
  ]);
  const e2e = join(RESULTS, 'e2e.json');
  await run('end-to-end tests', 'playwright test --config config/playwright.config.ts --reporter=list,json', {
    cwd: join(ROOT, 'test'),
    live: true,
    env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: e2e },
  });
  const { numPassedTests } = JSON.parse(readFileSync(unit, 'utf8'));
  const { stats } = JSON.parse(readFileSync(e2e, 'utf8'));
  const skipped = stats.skipped > 0 ? `, ${stats.skipped} skipped` : '';
  console.log(`${numPassedTests + stats.expected} passed, 0 failed${skipped}`);
}

async function start() {
  if (!process.env.LIASSE_SKIP_BUILD) await build();
  const { openBrowser } = await import('./browser.mjs');
  const env = { ...environment(join(ROOT, 'sync-server')), LIASSE_WEB_DIR: WEB_APP };
  env.LIASSE_DATA ??= join(ROOT, '.data');
  const node = spawnSync('node -p process.execPath', { shell: true, env, encoding: 'utf8' }).stdout.trim();
  const server = spawn(node, ['src/main.ts'], {
    cwd: join(ROOT, 'sync-server'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 0));

  let waiting = '';
  server.stdout.setEncoding('utf8').on('data', (data) => {
    const lines = (waiting + data).split('\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) {
      const event = readEvent(line);
      if (event?.event !== 'ready') {
        if (line) console.log(line);
        continue;
      }
      console.log('');
      console.log(`  Application      ${event.url}`);
      console.log(`  Health           ${event.url}/healthz`);
      console.log(`  Data             ${env.LIASSE_DATA}`);
      console.log(`  Extension        ${EXTENSION}`);
      console.log('                   (chrome://extensions → developer mode → load unpacked)');
      console.log('');
      if (!process.env.LIASSE_NO_BROWSER) {
        openBrowser({
          url: event.ownerLink ?? event.url,
          extension: EXTENSION,
          profile: join(env.LIASSE_DATA, 'browser'),
        });
      }
    }
  });
}

function readEvent(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const COMMANDS = {
  start: async () => {
    await install();
    requireNode();
    await start();
  },
  test: async () => {
    await install();
    requireNode();
    await test();
  },
  build: async () => {
    await install();
    requireNode();
    await build();
  },
};

try {
  const command = COMMANDS[process.argv[2]];
  if (!command) throw new Failure(`one of: ${Object.keys(COMMANDS).join(', ')}`);
  await command();
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exit(1);
}
