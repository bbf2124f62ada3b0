// Finds, installs and opens a Chromium-family browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { delimiter, join } from 'node:path';

// Chromium first: Google's own build no longer loads an extension from the command line.
const NAMES = [
  'chromium',
  'chromium-browser',
  'brave-browser',
  'microsoft-edge',
  'google-chrome',
  'google-chrome-stable',
];
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Path of a browser, or null: `CHROMIUM_PATH`, then the usual places, then Playwright's own. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES, ...playwrightsOwn()].find((path) => existsSync(path)) ?? null;
}

function playwrightsOwn() {
  const cache =
    {
      darwin: join(homedir(), 'Library/Caches/ms-playwright'),
      win32: join(homedir(), 'AppData/Local/ms-playwright'),
    }[platform()] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .flatMap((name) =>
      ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-win/chrome.exe'].map((end) => join(cache, name, end)),
    );
}

/** Tries Playwright's download, then Debian's package; the path found after that, or null. */
export function installBrowser(env) {
  const attempts = ['playwright install chromium', 'apt-get update -qq && apt-get install -y -qq chromium'];
  for (const command of attempts) {
    console.log(`No Chromium found; trying: ${command}`);
    spawnSync(command, { shell: true, env, stdio: 'ignore', timeout: 5 * 60_000 });
    const found = findBrowser();
    if (found) return found;
  }
  return null;
}

/** Opens the app in a profile of its own with the extension loaded; says in one line why when it cannot. */
export function openBrowser({ url, extension, profile }) {
  const browser = findBrowser();
  if (!browser) {
    console.log('No Chromium-family browser found: open the address above in one, and load the extension by hand.');
    return;
  }
  if (platform() === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.log('No display here: open the address above in a browser, and load the extension by hand.');
    return;
  }
  const args = [
    `--user-data-dir=${profile}`,
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    url,
  ];
  spawn(browser, args, { stdio: 'ignore', detached: true })
    .on('error', (error) => {
      console.log(`The browser did not open (${error.message}): open the address above by hand.`);
    })
    .unref();
}
