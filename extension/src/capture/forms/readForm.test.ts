import { FormCapture, type FormField, FormLimits } from '@liasse/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { shadowRootOf } from '../dom.ts';
import type { PageDoors } from './findControls.ts';
import { readForm } from './index.ts';

const doors: PageDoors = { shadowOf: (element) => shadowRootOf(element) };

function read(body: string, ticked: readonly string[] = []): FormCapture {
  document.body.innerHTML = body;
  return readNow(ticked);
}

const readNow = (ticked: readonly string[] = []) => {
  const capture = readForm(document, { doors, ticked: new Set(ticked) });
  expect(FormCapture.safeParse(capture).error).toBeUndefined();
  return capture;
};

const only = (body: string, ticked: readonly string[] = []): FormField => {
  const { fields } = read(body, ticked);
  expect(fields).toHaveLength(1);
  return fields[0] as FormField;
};

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('[F7] what is a field', () => {
  test.each<[string, string, unknown]>([
    ['text', '<input value="a">', { control: 'text', role: 'textbox', value: 'a' }],
    ['date', '<input type="date" value="2026-11-24">', { control: 'text', type: 'date', value: '2026-11-24' }],
    [
      'number',
      '<input type="number" min="1" max="9" value="3">',
      { role: 'spinbutton', value: '3', limits: { min: '1', max: '9' } },
    ],
    ['range', '<input type="range" value="50">', { control: 'range', role: 'slider' }],
    [
      'textarea',
      '<textarea maxlength="200">a\nb</textarea>',
      { control: 'area', value: 'a\nb', limits: { maxLength: 200 } },
    ],
    ['checkbox', '<input type="checkbox" checked>', { control: 'switch', role: 'checkbox', value: true }],
    [
      'select',
      '<select><option value="1">Un<option value="2" selected>Deux</select>',
      {
        control: 'choice',
        value: '2',
        shown: 'Deux',
        options: [
          { value: '1', label: 'Un' },
          { value: '2', label: 'Deux' },
        ],
      },
    ],
    [
      'several',
      '<select multiple><option selected>a<option>b<option selected>c</select>',
      { control: 'choices', role: 'listbox', value: ['a', 'c'] },
    ],
    ['editable', '<div contenteditable aria-label="Motif">texte</div>', { control: 'area', value: 'texte' }],
    [
      'ARIA combobox',
      '<div role="combobox" aria-controls="l">Lyon</div><ul role="listbox" id="l"><li role="option">Lyon<li role="option">Nice</ul>',
      { control: 'choice', value: 'Lyon', options: [{ value: 'Lyon' }, { value: 'Nice' }] },
    ],
    [
      'combobox around an input',
      '<div role="combobox"><input role="searchbox" value="x"></div>',
      { role: 'searchbox', value: 'x' },
    ],
    [
      'listbox',
      '<ul role="listbox"><li role="option" aria-selected="true">a<li role="option">b</ul>',
      { control: 'choice', value: 'a' },
    ],
    [
      'many of a listbox',
      '<ul role="listbox" aria-multiselectable="true"><li role="option" aria-selected="true" data-value="1">a</ul>',
      { control: 'choices', value: ['1'] },
    ],
    [
      'switch',
      '<button role="switch" aria-checked="true">Alertes</button>',
      { control: 'switch', value: true, name: { text: 'Alertes' } },
    ],
    [
      'spinbutton',
      '<div role="spinbutton" aria-valuenow="4" aria-valuemin="0" aria-valuemax="9"></div>',
      { value: '4', limits: { min: '0' } },
    ],
    [
      'slider',
      '<div role="slider" aria-valuenow="4" aria-valuetext="quatre"></div>',
      { control: 'range', value: '4', shown: 'quatre' },
    ],
    [
      'radiogroup',
      '<div role="radiogroup" aria-label="Ton"><span role="radio" aria-checked="true">Doux</span><span role="radio">Vif</span></div>',
      { control: 'radios', value: 'Doux', name: { text: 'Ton' } },
    ],
    [
      'grid',
      '<table role="grid" aria-label="Jour"><tr><td role="gridcell" aria-selected="true">24<td role="gridcell" aria-selected="false">25</table>',
      { control: 'grid', value: ['24'] },
    ],
    [
      'radio buttons',
      '<fieldset><legend>Civilité</legend><label><input type="radio" name="c" value="m">Madame</label><label><input type="radio" name="c" value="n" checked>Monsieur</label></fieldset>',
      {
        control: 'radios',
        role: 'radiogroup',
        value: 'n',
        shown: 'Monsieur',
        name: { text: 'Civilité', from: 'legend' },
      },
    ],
  ])('%s', (_, body, expected) => expect(only(body)).toMatchObject(expected as object));

  test('neither buttons, nor hidden values, nor what a combobox opens', () => {
    const nothing = '<input type="hidden" value="x"><input type="submit"><button>OK</button><input type="image">';
    expect(read(nothing).fields).toEqual([]);
  });

  test('in shadow trees and frames, in reading order, with the way to each', () => {
    document.body.innerHTML =
      '<input name="a"><x-field></x-field><iframe></iframe><iframe id="away"></iframe><input name="d">';
    (document.querySelector('x-field') as Element).attachShadow({ mode: 'open' }).innerHTML = '<p><input name="b"></p>';
    const [frame, away] = document.querySelectorAll('iframe') as unknown as [HTMLIFrameElement, Element];
    (frame.contentDocument as Document).body.innerHTML = '<input name="c">';
    away.remove();
    const { fields, unread } = readNow();
    expect(fields.map(({ selectors }) => selectors.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(fields.map(({ selectors }) => selectors.css.length)).toEqual([1, 2, 2, 1]);
    expect(unread).toEqual({ fields: 0, frames: 0 });
  });
});

describe('[F8] names', () => {
  test.each([
    ['label', 'Nom', '<label for="a">Nom</label><input id="a">'],
    ['label', 'Nom', '<label>Nom <input></label>'],
    ['aria-label', 'Nom', '<label for="a">autre</label><input id="a" aria-label="Nom">'],
    ['aria-labelledby', 'Nom du demandeur', '<b id="x">Nom</b><b id="y">du demandeur</b><input aria-labelledby="x y">'],
    ['title', 'Nom', '<input title="Nom">'],
    ['placeholder', 'Nom', '<input placeholder="Nom">'],
    ['near', 'Nom', '<table><tr><td>Nom :</td><td><input></td></tr></table>'],
    ['near', 'Nom', 'Nom : <input>'],
    ['none', '', '<p>Texte</p><hr><form><input></form>'],
  ])('by %s: %s', (from, text, body) => expect(only(body).name).toEqual({ text, from }));
});

describe('[F9] what comes with a field', () => {
  test('groups, state, description, error, and the ways to find it again', () => {
    const { fields, forms, title } = read(
      '<h1>Demande</h1><form id="f" action="/envoi?jeton=1"><fieldset><legend>Demandeur</legend><fieldset disabled><legend>Adresse</legend>' +
        '<label>Rue <input id="rue" name="rue" required pattern="\\w+" readonly autocomplete="street-address" aria-describedby="d"' +
        ' aria-invalid="true" aria-errormessage="e"></label><i id="d">Sans abréviation</i><i id="e">Rue inconnue</i></fieldset></fieldset></form>',
    );
    expect(title).toBe('Demandeur');
    expect(forms).toEqual([{ name: 'f', action: '/envoi' }]);
    expect(fields[0]).toMatchObject({
      form: 0,
      path: ['Demandeur', 'Adresse'],
      required: true,
      readOnly: true,
      disabled: true,
      limits: { pattern: '\\w+' },
      description: 'Sans abréviation',
      error: 'Rue inconnue',
      selectors: {
        id: 'rue',
        name: 'rue',
        form: 'f',
        autocomplete: 'street-address',
        label: 'Rue',
        css: ['[id="rue"]'],
        ordinal: 0,
      },
    });
  });

  test('what was typed, not what the page first wrote; what the browser finds wrong', () => {
    document.body.innerHTML = '<input type="email" value="a@b.example" required>';
    (document.querySelector('input') as HTMLInputElement).value = 'a';
    expect(readNow().fields[0]).toMatchObject({ value: 'a', invalid: ['typeMismatch'] });
  });

  test('the step that the page says it is at', () => {
    expect(read('<ol><li>1. Vous<li aria-current="step">2. Projet</ol><form><input></form>').title).toBe('2. Projet');
  });
});

describe('[F10] hostile pages', () => {
  test('names of fields hide nothing', () => {
    const { fields } = read(
      '<form><input name="childNodes"><input name="elements"><input name="getAttribute"><input name="querySelectorAll">' +
        '<label for="x">Vrai nom</label><input id="x" name="firstChild"></form><img name="getElementById"><img name="querySelector">',
    );
    expect(fields.map(({ selectors }) => selectors.name)).toEqual([
      'childNodes',
      'elements',
      'getAttribute',
      'querySelectorAll',
      'firstChild',
    ]);
    expect(fields[4]?.name).toEqual({ text: 'Vrai nom', from: 'label' });
  });

  test('frames that cannot be reached are counted, and trees in trees without end are not followed', () => {
    document.body.innerHTML = '<input name="a"><x-0></x-0>';
    document.body.append(document.createElement('frame'));
    let host = document.querySelector('x-0') as Element;
    for (let depth = 0; depth < 30; depth++) {
      const root = host.attachShadow({ mode: 'open' });
      root.innerHTML = `<input name="d${depth}"><x-${depth + 1}></x-${depth + 1}>`;
      host = root.lastElementChild as Element;
    }
    const { fields, unread } = readNow();
    expect(fields.map(({ selectors }) => selectors.name)).toEqual(['a', 'd0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6']);
    // The first of those that are too deep; what is below it is not looked for.
    expect(unread).toEqual({ fields: 1, frames: 1 });
  });

  test('fields past the bound are counted', () => {
    const { fields, unread } = read('<input>'.repeat(FormLimits.fields + 7));
    expect(fields).toHaveLength(FormLimits.fields);
    expect(unread.fields).toBe(7);
  });
});

describe('[F11] of a denied field nothing is read but its name and its place', () => {
  const denied =
    '<label>Mot de passe <input type="password" value="s3cret" required minlength="40" aria-describedby="e" aria-invalid="true" aria-errormessage="e"></label><i id="e">s3cret est trop court</i>';
  const masked = '<label>Numéro <input value="1 85 05 78 006 084 91"></label>';

  test('a password', () => {
    const field = only(denied);
    const nothing = { value: null, shown: null, options: [], error: null, description: null, invalid: [] };
    expect(field).toMatchObject({ name: { text: 'Mot de passe' }, keeping: 'dropped', ...nothing });
    expect(JSON.stringify(field)).not.toContain('s3cret');
  });

  test('a personal number is masked, until its field is ticked', () => {
    expect(only(masked)).toMatchObject({ keeping: 'masked', value: null });
    expect(only(masked, ['0'])).toMatchObject({ keeping: 'ticked', value: '1 85 05 78 006 084 91' });
    expect(only(denied, ['0']).keeping).toBe('dropped');
  });

  test.each([
    [
      'text before it',
      '<p><input type="password"><div contenteditable aria-label="Mot de passe">s3cret</div></p><input>',
    ],
    ['text before it', '<textarea autocomplete="new-password">s3cret</textarea><span><input></span>'],
    ['a label around both', '<label>Nom <textarea name="mdp">s3cret</textarea><input></label>'],
    [
      'what it is labelled by',
      '<input id="a" type="password" value="s3cret"><b id="b">Nom</b><input aria-labelledby="b a">',
    ],
    ['what describes it', '<p id="d">Voir <textarea name="mdp">s3cret</textarea></p><input aria-describedby="d">'],
    ['its group', '<fieldset><legend>Choix <textarea name="mdp">s3cret</textarea></legend><input></fieldset>'],
    ['the heading', '<h1>Demande <textarea name="mdp">s3cret</textarea></h1><form><input></form>'],
  ])('nor does it come out in the name of another field, by %s', (_, body) => {
    const capture = read(body);
    expect(capture.fields.length).toBeGreaterThan(1);
    expect(JSON.stringify(capture)).not.toContain('s3cret');
  });

  test('a list that offers card numbers', () => {
    const body = '<select><option>Autre<option value="4111111111111111">Visa</select>';
    expect(only(body)).toMatchObject({ keeping: 'dropped', options: [], value: null });
  });
});
