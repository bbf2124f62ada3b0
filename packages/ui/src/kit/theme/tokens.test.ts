import { describe, expect, test } from 'vitest';
import source from './tokens.css?raw';
import { COLOURS, PEOPLE_COLOURS } from './tokens.ts';

type Block = Readonly<Record<string, string>>;

/** The custom properties of each rule, by its at-rule and selector. */
function blocksOf(css: string): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, media = '', body = ''] of plain.matchAll(/(@media[^{]+)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}/g)) {
    read(body, `${media.trim()} `);
  }
  read(plain.replace(/@media[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, ''), '');
  return blocks;

  function read(rules: string, prefix: string) {
    for (const [, selector = '', body = ''] of rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      const own = Object.fromEntries(
        [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value?.trim()]),
      );
      const key = prefix + selector.trim();
      blocks.set(key, { ...blocks.get(key), ...own });
    }
  }
}

const blocks = blocksOf(source);
const block = (key: string): Block => {
  const found = blocks.get(key);
  if (!found) throw new Error(`no block ${key} among ${[...blocks.keys()].join(' | ')}`);
  return found;
};

const light = block(':root');
const dark = block(':root[data-theme="dark"]');
const lightMore = { ...light, ...block('@media (prefers-contrast: more) :root') };
const darkMore = { ...dark, ...block('@media (prefers-contrast: more) :root[data-theme="dark"]') };

/** WCAG 2.1's relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`not a colour: ${colour}`);
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(theme: Block, front: string, ground: string): number {
  const [a, b] = [luminance(theme[front] ?? ''), luminance(theme[ground] ?? '')];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'sunken'] as const;
const least = (theme: Block, front: string) => Math.min(...GROUNDS.map((ground) => contrast(theme, front, ground)));
const STATES = ['danger', 'warn', 'ok', 'info'] as const;

describe.each([
  ['light', light],
  ['dark', dark],
])('contrasts of look.md, %s', (_name, theme) => {
  test.each([
    ['text', 14.0],
    ['muted', 5.9],
    ['accent', 5.9],
    ['accent-hover', 5.9],
    ['line-control', 3.4],
    ['focus', 5.4],
    ...STATES.map((state) => [state, 6.2] as const),
  ] as const)('%s is at least %f over the three grounds', (token, ratio) => {
    expect(least(theme, token)).toBeGreaterThanOrEqual(ratio);
  });

  test.each(STATES)('%s is at least 6.0 on its own soft ground', (state) => {
    expect(contrast(theme, state, `${state}-soft`)).toBeGreaterThanOrEqual(6.0);
  });

  test('on-accent is at least 6.9 on the accent, and no less when it is hovered', () => {
    expect(contrast(theme, 'on-accent', 'accent')).toBeGreaterThanOrEqual(6.9);
    expect(contrast(theme, 'on-accent', 'accent-hover')).toBeGreaterThanOrEqual(6.9);
  });

  test('what stands on a selected or a marked ground is read at AA', () => {
    expect(contrast(theme, 'accent', 'accent-soft')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme, 'muted', 'accent-soft')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme, 'text', 'mark')).toBeGreaterThanOrEqual(4.5);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('the initials of person %i are read at AA over the three grounds', (person) => {
    expect(least(theme, `person-${person}`)).toBeGreaterThanOrEqual(4.5);
  });
});

describe.each([
  ['light', lightMore],
  ['dark', darkMore],
])('more contrast, %s', (_name, theme) => {
  test.each(['text', 'muted', 'line', 'line-control', 'accent', 'focus', ...STATES])('%s is at AAA', (token) => {
    expect(least(theme, token)).toBeGreaterThanOrEqual(7);
  });

  test('soft grounds become borders', () => {
    for (const state of [...STATES, 'accent']) expect(theme[`${state}-soft`]).toBe(theme.surface);
    expect(lightMore['soft-border']).toBeDefined();
  });
});

describe('one truth', () => {
  test('dark is the same whether chosen or followed', () => {
    expect(block('@media (prefers-color-scheme: dark) :root:not([data-theme="light"])')).toEqual(dark);
    expect(
      block('@media (prefers-contrast: more) and (prefers-color-scheme: dark) :root:not([data-theme="light"])'),
    ).toEqual(block('@media (prefers-contrast: more) :root[data-theme="dark"]'));
  });

  test('every colour has a dark and a forced one', () => {
    const colours = Object.keys(light).filter((name) => light[name]?.startsWith('#'));
    expect(colours.length).toBeGreaterThan(25);
    for (const name of colours) expect(dark, name).toHaveProperty(name);
    for (const name of colours)
      expect(block('@media (forced-colors: active) :root:root:root'), name).toHaveProperty(name);
  });

  test('tokens.ts says what tokens.css says', () => {
    const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const [name, theme] of [
      ['light', light],
      ['dark', dark],
    ] as const) {
      for (const [token, value] of Object.entries(COLOURS[name])) expect(theme[kebab(token)], token).toBe(value);
      for (const [index, value] of PEOPLE_COLOURS[name].entries()) expect(theme[`person-${index}`]).toBe(value);
    }
  });
});
