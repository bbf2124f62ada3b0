import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ConfigError, Environment, readConfig } from './config.ts';

const package_ = fileURLToPath(new URL('..', import.meta.url));
const docs = readFileSync(join(package_, '../docs/server.md'), 'utf8');

/** What the table of the page must hold, from the schema. */
function settings(): { variable: string; default: string; meaning: string }[] {
  return Object.entries(Environment.shape).map(([variable, schema]) => {
    const { description = '', defaultText } = schema.meta() ?? {};
    const value = schema.safeParse(undefined).data;
    const written = value === undefined ? 'none' : value === false ? '0' : String(value);
    return { variable, default: typeof defaultText === 'string' ? defaultText : written, meaning: description };
  });
}

function table(): { variable: string; default: string; meaning: string }[] {
  const rows = docs.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line));
  return rows.map((row) => {
    const [variable = '', stated = '', ...meaning] = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { variable: variable.replaceAll('`', ''), default: stated, meaning: meaning.join('|') };
  });
}

test('[S88] the table of docs/server.md is the settings that the server reads, with default and meaning', () => {
  expect(table()).toEqual(settings());
  for (const { meaning } of settings()) expect(meaning).not.toBe('');
});

test('[S88] nothing but the configuration reads the environment, and no page or unit names a setting that is none', () => {
  const files = readdirSync(join(package_, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const readers = files.filter((name) => readFileSync(join(package_, 'src', name), 'utf8').includes('process.env'));
  expect(readers.filter((name) => !/\.test\.ts$|^testing\//.test(name))).toEqual(['main.ts']);
  const known = new Set(Object.keys(Environment.shape));
  const deploy = readdirSync(join(package_, 'deploy')).map((name) => join(package_, 'deploy', name));
  for (const file of [...deploy, join(package_, '../docs/server.md'), join(package_, 'README.md')]) {
    const named = readFileSync(file, 'utf8').match(/\bLIASSE_[A-Z_]+/g) ?? [];
    expect(
      named.filter((name) => !known.has(name)),
      file,
    ).toEqual([]);
  }
});

test('[S87] figures have an address with a port, or none', () => {
  expect(readConfig({}).metrics).toBeNull();
  expect(readConfig({ LIASSE_METRICS: '127.0.0.1:9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(readConfig({ LIASSE_METRICS: '[::1]:0' }).metrics).toEqual({ host: '::1', port: 0 });
  for (const wrong of ['1', '9464', ':9464', '127.0.0.1', 'http://127.0.0.1:9464']) {
    expect(() => readConfig({ LIASSE_METRICS: wrong }), wrong).toThrow(ConfigError);
  }
});
