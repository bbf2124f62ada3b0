import { beforeEach, describe, expect, test } from 'vitest';
import { shadowRootOf } from '../dom.ts';
import { makeFormSide } from './formSide.ts';
import type { CapturedField } from './refillTypes.ts';

const side = makeFormSide(document, {
  doors: { shadowOf: (element) => shadowRootOf(element) },
  hand: { wait: async () => {} },
});

/** Every event that the page hears, as `type target`, and whether its field held the new value by then. */
let heard: string[] = [];
let submitted = 0;

function show(body: string): void {
  document.body.innerHTML = `<form>${body}</form>`;
  heard = [];
  submitted = 0;
  const form = document.querySelector('form') as HTMLFormElement;
  for (const type of ['input', 'change'])
    form.addEventListener(type, ({ target }) => {
      const { name, value } = target as HTMLInputElement;
      heard.push(`${type} ${name}=${value}`);
    });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted += 1;
  });
}

/** Fields as they were captured from a form like the one in front. */
function captured(body: string): readonly CapturedField[] {
  show(body);
  const { fields } = side.read();
  return fields.map(({ key, ...field }) => ({ ...field, id: `step/${key}` }));
}

const chosenOf = (fields: readonly CapturedField[]) => fields.map(({ id }) => id);
const fillAll = (fields: readonly CapturedField[]) => side.fill(fields, chosenOf(fields));
const outcomes = async (fields: readonly CapturedField[]) =>
  (await fillAll(fields)).lines.map(({ outcome }) => outcome);

beforeEach(() => document.body.replaceWith(document.createElement('body')));

describe('[F20] a plan', () => {
  const both =
    '<label>Nom <input name="nom" value="Durand"></label><label>Ville <input name="ville" value="Rouen"></label>';

  test('touches nothing, and is surer of a field that is the same than of one that has moved', () => {
    const fields = captured(both);
    show('<p><label>Nom <input name="nom"></label></p><label>Commune <input name="ville"></label>');
    const { lines } = side.plan(fields);
    expect(lines.map(({ does, next }) => [does, next])).toEqual([
      ['fill', 'Durand'],
      ['fill', 'Rouen'],
    ]);
    expect(lines[0]?.confidence).toBeGreaterThan(lines[1]?.confidence ?? 1);
    expect(lines[1]?.confidence).toBeGreaterThanOrEqual(0.5);
    expect([...document.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', '']);
    expect(heard).toEqual([]);
  });

  test('follows names where the fields have changed places, and finds none in a form of other fields', () => {
    const fields = captured(both);
    show('<label>Ville <input name="ville"></label><label>Nom <input name="nom"></label>');
    expect(side.plan(fields).lines.map(({ does, next }) => [does, next])).toEqual([
      ['fill', 'Durand'],
      ['fill', 'Rouen'],
    ]);
    show('<label>Objet <textarea name="objet"></textarea></label><label>Montant <input name="montant"></label>');
    expect(side.plan(fields).lines.map(({ does }) => does)).toEqual(['missing', 'missing']);
  });
});

describe('[F21] filling', () => {
  test.each([
    ['text', '<input name="a" value="Durand">', '<input name="a">', 'Durand'],
    ['a date', '<input type="date" name="a" value="2026-11-24">', '<input type="date" name="a">', '2026-11-24'],
    ['lines', '<textarea name="a">un\ndeux</textarea>', '<textarea name="a"></textarea>', 'un\ndeux'],
    [
      'a choice',
      '<select name="a"><option value="1">Un<option value="2" selected>Deux</select>',
      '<select name="a"><option value="1">Un<option value="2">Deux</select>',
      '2',
    ],
  ])(
    '%s: the value first, then input and change, once each, as the page hears them',
    async (_what, before, after, value) => {
      const fields = captured(before);
      show(after);
      expect(await outcomes(fields)).toEqual(['filled']);
      expect(heard).toEqual([`input a=${value}`, `change a=${value}`]);
    },
  );

  test('goes past a setter that the page has put before the browser’s own', async () => {
    const fields = captured('<input name="a" value="Durand">');
    show('<input name="a">');
    const input = document.querySelector('input') as HTMLInputElement;
    const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor;
    const set: string[] = [];
    // As React does, to know what it has already seen: a value set through it is no news.
    Object.defineProperty(input, 'value', {
      configurable: true,
      get: () => own.get?.call(input),
      set: (to) => set.push(to),
    });
    expect(await outcomes(fields)).toEqual(['filled']);
    expect(set).toEqual([]);
    expect(own.get?.call(input)).toBe('Durand');
  });

  test('ticks a box, picks a radio button and turns a switch by pressing it', async () => {
    const boxes = (on: string) =>
      `<input type="checkbox" name="a" ${on}><label><input type="radio" name="b" value="m"> M</label><label><input type="radio" name="b" value="n" ${on}> N</label>`;
    const fields = captured(
      `${boxes('checked')}<button type="button" role="switch" aria-checked="true" aria-label="Alertes"></button>`,
    );
    show(`${boxes('')}<button type="button" role="switch" aria-checked="false" aria-label="Alertes"></button>`);
    const pressed: string[] = [];
    document.querySelector('form')?.addEventListener('click', ({ target }) => {
      const element = target as Element;
      pressed.push(element.getAttribute('value') ?? element.localName);
      if (element.localName === 'button') element.setAttribute('aria-checked', 'true');
    });
    expect(await outcomes(fields)).toEqual(['filled', 'filled', 'filled']);
    expect([...document.querySelectorAll('input')].map(({ checked }) => checked)).toEqual([true, false, true]);
    expect(pressed).toContain('n');
    expect(pressed.at(-1)).toBe('button');
  });

  test('opens a list of the page’s own and chooses in it', async () => {
    const list = (value: string) =>
      `<div role="combobox" aria-label="Ville" aria-controls="l" aria-expanded="false">${value}</div>`;
    const fields = captured(`${list('Lyon')}`);
    show(list('Choisir…'));
    const box = document.querySelector('[role="combobox"]') as Element;
    box.addEventListener('mousedown', () => {
      box.setAttribute('aria-expanded', 'true');
      box.insertAdjacentHTML(
        'afterend',
        '<ul role="listbox" id="l"><li role="option">Nice</li><li role="option">Lyon</li></ul>',
      );
      for (const option of document.querySelectorAll('[role="option"]'))
        option.addEventListener('click', () => {
          box.textContent = option.textContent;
          box.setAttribute('aria-expanded', 'false');
        });
    });
    expect(await outcomes(fields)).toEqual(['filled']);
    expect(box.textContent).toBe('Lyon');
  });
});

describe('[F22] filling never', () => {
  test('submits, whatever the page does when it hears a change, nor presses a button', async () => {
    const fields = captured('<input name="a" value="Durand">');
    show('<input name="a"><button>Envoyer</button><input type="submit"><input type="button" name="a">');
    const form = document.querySelector('form') as HTMLFormElement;
    let pressed = 0;
    for (const button of form.querySelectorAll('button, [type="submit"], [type="button"]'))
      button.addEventListener('click', () => (pressed += 1));
    form.addEventListener('change', () => form.requestSubmit());
    expect(await outcomes(fields)).toEqual(['filled']);
    expect([submitted, pressed]).toEqual([0, 0]);
    form.requestSubmit();
    expect(submitted).toBe(1);
  });

  test('writes what was not chosen', async () => {
    const two = (value: string) => `<input name="a" value="${value}"><input name="b" value="${value}">`;
    const fields = captured(two('x'));
    show(two(''));
    const { lines } = await side.fill(fields, ['step/1']);
    expect(lines).toEqual([{ id: 'step/1', outcome: 'filled' }]);
    expect([...document.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', 'x']);
  });
});

describe('[F23] nothing is written', () => {
  test('into a field that asks for a secret today, and its content is not told', async () => {
    const fields = captured('<input name="a" value="Durand">');
    show('<input name="a" type="password" value="marqueur">');
    const plan = side.plan(fields);
    expect(plan.lines).toMatchObject([{ does: 'denied', now: null }]);
    expect(JSON.stringify(plan)).not.toContain('marqueur');
    expect(await outcomes(fields)).toEqual([]);
    expect(document.querySelector('input')?.value).toBe('marqueur');
  });

  test('into one that has become such a field since it was planned', async () => {
    const fields = captured('<input name="a" value="Durand">');
    show('<input name="a">');
    const plan = side.plan(fields);
    document.querySelector('input')?.setAttribute('type', 'password');
    expect((await side.apply(plan, chosenOf(fields))).lines).toEqual([{ id: 'step/0', outcome: 'denied' }]);
    expect(document.querySelector('input')?.value).toBe('');
  });

  test.each(['masked', 'dropped'] as const)('from a field that was %s', async (keeping) => {
    const fields = captured('<input name="a" value="Durand">').map((field) => ({ ...field, keeping }));
    show('<input name="a">');
    expect(side.plan(fields).lines).toMatchObject([{ does: 'denied', next: null }]);
    expect(await outcomes(fields)).toEqual([]);
    expect(document.querySelector('input')?.value).toBe('');
  });

  test('into a field that is read-only or disabled, and that is said', () => {
    const fields = captured('<input name="a" value="x"><input name="b" value="x">');
    show('<input name="a" readonly><input name="b" disabled>');
    expect(side.plan(fields).lines.map(({ does }) => does)).toEqual(['blocked', 'blocked']);
  });
});

describe('[F24] what was written is read again', () => {
  test('a field that did not take it is said to be so', async () => {
    const fields = captured('<input name="a" value="Durand"><input name="b" value="x">');
    show('<input name="a"><input name="b">');
    const [first] = document.querySelectorAll('input');
    first?.addEventListener('input', () => (first.value = ''));
    expect(await outcomes(fields)).toEqual(['refused', 'filled']);
  });

  test('and so is one that went away while it was filled', async () => {
    const fields = captured('<input name="a" value="Durand">');
    show('<input name="a">');
    const [first] = document.querySelectorAll('input');
    first?.addEventListener('change', () => first.remove());
    expect(await outcomes(fields)).toEqual(['gone']);
  });
});
