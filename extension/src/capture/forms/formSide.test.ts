import { beforeEach, expect, test } from 'vitest';
import { shadowRootOf } from '../dom.ts';
import { makeFormSide } from './formSide.ts';

const NIR = '1 85 05 78 006 084 91';
const side = makeFormSide(document, {
  doors: { shadowOf: (element) => shadowRootOf(element) },
  hand: { wait: async () => {} },
});

beforeEach(() => {
  document.body.innerHTML = `<form>
    <label>Nom <input name="nom" value="Durand"></label>
    <label>Mot de passe <input type="password" value="marqueur"></label>
    <label>Numéro de sécurité sociale <input name="nir" value="${NIR}"></label>
  </form>`;
});

test('[F27] what would be kept is told by names and counts, and no value leaves the page', () => {
  const outline = side.outline();
  expect(outline).toEqual({
    kept: 1,
    masked: [{ key: '2', name: 'Numéro de sécurité sociale' }],
    dropped: ['Mot de passe'],
    framesAway: 0,
  });
  expect(JSON.stringify(outline)).not.toMatch(/Durand|marqueur|006/);
});

test('[F27] a tick keeps the number of its own field, and counts for no other that took its place', () => {
  const ticked = side.outline().masked;
  expect(side.read(ticked).fields[2]).toMatchObject({ keeping: 'ticked', value: NIR });
  expect(side.read().fields[2]).toMatchObject({ keeping: 'masked', value: null });
  document
    .querySelectorAll('label')[2]
    ?.insertAdjacentHTML(
      'beforebegin',
      '<label>NIR du conjoint <input name="nir2" value="2 69 05 49 588 157 80"></label>',
    );
  for (const field of side.read(ticked).fields) expect(field.keeping).not.toBe('ticked');
});
