import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FormCapture, FormField } from '@liasse/core';
import type { BenchOptions, Row } from '../bench.ts';
import { type Corpus, corpusForms } from './corpus.ts';
import { type FormPage, openFormBrowser } from './formPage.ts';
import { controlsOfPage, found, plantMarkers } from './inPage.ts';
import { NAME_CASES } from './nameCases.ts';
import { type MadeField, madeForms } from './pages.ts';

const PEER = join(dirname(fileURLToPath(import.meta.resolve('rrweb-snapshot'))), 'rrweb-snapshot.umd.cjs');
const count = (text: string, markers: readonly string[]): number =>
  markers.filter((marker) => text.includes(marker)).length;

/** Markers in every denied kind of field of every page: which of them come out, ours beside the peer's. */
export async function secrets(options: BenchOptions): Promise<readonly Row[]> {
  const ours = { snapshot: 0, text: 0, form: 0 };
  let peer = 0;
  let planted = 0;
  const leaks: string[] = [];
  await overPages(corpusForms(options), async (page, name) => {
    const markers = await page.page.evaluate(plantMarkers, name);
    planted += markers.length;
    const form = JSON.stringify(await page.read());
    await page.inject('page-content');
    const { content, html } = await page.call<{ content: unknown; html: string }>(TAKE);
    for (const [part, text] of Object.entries({ form, text: JSON.stringify(content), snapshot: html })) {
      ours[part as keyof typeof ours] += count(text, markers);
      leaks.push(...markers.filter((marker) => text.includes(marker)).map((marker) => `${name} ${part} ${marker}`));
    }
    const umd = readFileSync(PEER, 'utf8');
    await page.page.evaluate(
      `(() => { const module = { exports: {} }, exports = module.exports; ${umd}\n; globalThis.peer = module.exports.snapshot ? module.exports : globalThis.rrwebSnapshot; })()`,
    );
    peer += count(
      await page.page.evaluate('JSON.stringify(peer.snapshot(document, { maskAllInputs: true }))'),
      markers,
    );
  });
  if (planted === 0) return [];
  return Object.entries(ours).map(([part, leaked]) => ({
    what: `markers of denied fields in the ${part}`,
    unit: `of ${planted}`,
    ours: leaked,
    peers: { 'rrweb-snapshot (maskAllInputs), in all': peer },
    target: { atMost: 0 },
    note: 'every denied kind of field added to each page of the corpus, and written into those it has',
    details: leaks,
  }));
}

/** What `page-content` takes, its HTML read from the bytes it hands over. */
const TAKE = `liassePage.take({ take: 'page' }).then(async (content) => {
  const size = content.files[0] ? content.files[0].bytes : 0;
  let bytes = '';
  while (bytes.length < size) { const part = atob(await liassePage.part(bytes.length)); if (part === '') break; bytes += part; }
  return { content, html: bytes };
})`;

/** Native controls and labelled fields of the corpus that the reading has, by the paths it gives. */
export async function fields(options: BenchOptions): Promise<readonly Row[]> {
  let there = 0;
  let got = 0;
  const missed: string[] = [];
  await overPages(corpusForms(options), async (page, name) => {
    const all = await page.page.evaluate(controlsOfPage);
    const capture = await page.read();
    const seen = new Set(
      await page.page.evaluate(
        found,
        capture.fields.map(({ selectors }) => selectors.css),
      ),
    );
    there += all.length;
    got += all.filter((mark) => seen.has(mark)).length;
    missed.push(...all.filter((mark) => !seen.has(mark)).map((mark) => `${name} ${mark}`));
  });
  if (there === 0) return [];
  return [
    share(
      'form fields found on the corpus',
      got,
      there,
      0.99,
      'native controls and labelled fields, resolved by the paths of the capture',
      missed,
    ),
  ];
}

/** Names on our cases after the specification, and on the forms written for this bench. */
export async function names(options: BenchOptions): Promise<readonly Row[]> {
  const wrong: string[] = [];
  const cases = NAME_CASES.map(([family, html, expected], at) => ({
    name: `case-${at}`,
    html: `<!doctype html><form>${html}</form>`,
    family,
    expected,
  }));
  await overPages(cases, async (page, name) => {
    const { family = '', expected = '' } = cases.find((one) => one.name === name) ?? {};
    const { fields: read } = await page.read();
    // The field of a case is its last one, unless it is a group or a part of a label.
    const target = read.find(({ selectors }) => selectors.id === 'x') ?? read.at(-1);
    if (target?.name.text !== expected)
      wrong.push(`${family}: ${JSON.stringify(target?.name.text)} for ${JSON.stringify(expected)}`);
  });
  const forms = madeForms({ filled: false }).slice(0, options.quick ? 6 : undefined);
  const amiss: string[] = [];
  let total = 0;
  await overPages(forms, async (page, name) => {
    const made = forms.find((form) => form.name === name)?.fields ?? [];
    const capture = await page.read();
    for (const field of made) {
      total += 1;
      const read = fieldOfId(capture, field)?.name.text;
      if (read !== field.label)
        amiss.push(`${name} ${field.name}: ${JSON.stringify(read)} for ${JSON.stringify(field.label)}`);
    }
  });
  return [
    share(
      'accessible names, cases after the specification',
      cases.length - wrong.length,
      cases.length,
      0.99,
      'one case for each rule of accname 1.2 and HTML-AAM that a field can meet',
      wrong,
    ),
    share(
      'accessible names, forms written for this',
      total - amiss.length,
      total,
      0.99,
      `${forms.length} forms of nine fields`,
      amiss,
    ),
  ];
}

/** Captured filled, filled again empty: what each field holds in the end. */
export async function refill(options: BenchOptions): Promise<readonly Row[]> {
  const filled = madeForms({ filled: true }).slice(0, options.quick ? 6 : undefined);
  const empty = madeForms({ filled: false });
  const tally = { native: { right: 0, all: 0 }, aria: { right: 0, all: 0 } };
  const wrong: string[] = [];
  const browser = await openFormBrowser();
  try {
    for (const [at, form] of filled.entries()) {
      const before = await browser.open(form.name, form.html);
      const capture = await before.read();
      await before.close();
      const after = await browser.open(form.name, empty[at]?.html ?? '');
      await after.apply(await after.plan(capture));
      const end = await after.read();
      for (const field of form.fields) {
        const value = fieldOfId(end, field)?.value ?? null;
        const right = JSON.stringify(value) === JSON.stringify(field.value);
        tally[field.kind].all += 1;
        tally[field.kind].right += right ? 1 : 0;
        if (!right)
          wrong.push(`${form.name} ${field.name}: ${JSON.stringify(value)} for ${JSON.stringify(field.value)}`);
      }
      await after.close();
    }
  } finally {
    await browser.close();
  }
  const note = `${filled.length} forms, each read full and filled again empty, then read`;
  return [
    share('refill round trip, native controls', tally.native.right, tally.native.all, 0.98, note, wrong),
    share('refill round trip, ARIA widgets', tally.aria.right, tally.aria.all, 0.9, note, wrong),
  ];
}

const fieldOfId = ({ fields: all }: FormCapture, { name }: MadeField): FormField | undefined =>
  all.find(({ selectors }) => selectors.id === name);

function share(
  what: string,
  right: number,
  all: number,
  atLeast: number,
  how: string,
  details: readonly string[],
): Row {
  return {
    what,
    unit: '',
    ours: right / all,
    target: { atLeast },
    note: `${right} of ${all}; ${how}; no peer does this`,
    details,
  };
}

async function overPages(
  pages: readonly Corpus[],
  act: (page: FormPage, name: string) => Promise<void>,
): Promise<void> {
  const browser = await openFormBrowser();
  try {
    for (const { name, html } of pages) {
      const page = await browser.open(name, html);
      await act(page, name);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
