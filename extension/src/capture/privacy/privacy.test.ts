import { describe, expect, test, vi } from 'vitest';
import { parsePage, parseTrap } from '../testing.ts';
import { fieldOf } from './index.ts';

/** The verdict on the element marked `x`, in a page of this body. */
function verdict(body: string): string {
  const field = parseTrap(body).querySelector('[x]');
  if (field === null) throw new Error('no field is marked');
  return fieldOf(field);
}

describe('[F2] passwords', () => {
  test.each([
    '<input x type="password">',
    '<input x type=" PassWord ">',
    '<input x autocomplete="section-a new-password">',
    '<textarea x autocomplete="current-password"></textarea>',
    '<input x name="loginpassword">',
    '<input x id="txtNewPwd2">',
    '<label>Mot de passe <input x></label>',
    '<label for="p">Mot de passe :</label><input id="p" x>',
    '<span id="l">Kennwort</span><input x aria-labelledby="l">',
    '<input x placeholder="Code PIN">',
    '<div x role="textbox" contenteditable aria-label="Contraseña">secret</div>',
    '<x-password name="p" x></x-password>',
  ])('%s is dropped', (body) => expect(verdict(body)).toBe('drop'));

  test.each([
    '<div><input x><button>Afficher le mot de passe</button></div>',
    '<form><input name="user"><input x name="f2"><label><input type="checkbox"> Show password</label></form>',
    '<form><div><input name="user"></div><div><input x><i class="fa fa-eye-slash"></i></div></form>',
    '<form><input name="user"><div><span><input x id="a"></span><span class="toggle-password"></span></div></form>',
    '<form><a aria-controls="a" title="Reveal password"></a><input name="u"><input x id="a"></form>',
  ])('%s is dropped: it stands beside a control that shows it', (body) => expect(verdict(body)).toBe('drop'));

  test.each([
    '<form><input x name="user"><input name="f2"><button>Show password</button></form>',
    '<form><div><input x name="user"></div><div><input><i class="fa fa-eye"></i></div></form>',
    '<label>Mot de passe oublié ? Votre adresse <input x type="email"></label>',
    '<div><input x name="q"><a>Voir le code du travail</a></div>',
    '<input x name="passport_number">',
    '<input x name="passenger">',
    '<label><input x type="checkbox" name="show_password"> Afficher le mot de passe</label>',
    '<button x>Mot de passe oublié</button>',
  ])('%s is kept', (body) => expect(verdict(body)).toBe('keep'));

  test('a field in a font whose letters are dots is dropped', () => {
    document.body.innerHTML = '<input style="font-family: text-security-disc">';
    expect(fieldOf(document.body.firstChild as Element)).toBe('drop');
  });

  // jsdom has no such property; the forms bench has the browser's own.
  test('a field whose style shows dots is dropped', () => {
    const style = { fontFamily: '', getPropertyValue: (name: string) => (/text-security/.test(name) ? 'disc' : '') };
    vi.spyOn(globalThis, 'getComputedStyle').mockReturnValue(style as unknown as CSSStyleDeclaration);
    expect(verdict('<input x>')).toBe('drop');
    vi.restoreAllMocks();
  });

  test('a component’s field bears the component’s name', () => {
    const page = parsePage('<x-secret name="password"></x-secret>');
    const root = (page.querySelector('x-secret') as Element).attachShadow({ mode: 'closed' });
    root.innerHTML = '<input>';
    expect(fieldOf(root.firstChild as Element)).toBe('drop');
  });
});

describe('[F3] hidden values, files, cards, codes and tokens', () => {
  test.each([
    '<input x type="hidden" name="page" value="3">',
    '<input x name="reponse" hidden>',
    '<input x type="file">',
    '<input x autocomplete="cc-number">',
    '<select x autocomplete="billing cc-exp-month"><option>01</select>',
    '<input x autocomplete="one-time-code">',
    '<label>Code reçu par SMS <input x></label>',
    '<label>Code de vérification <input x></label>',
    '<textarea x name="g-recaptcha-response"></textarea>',
    '<input x name="__RequestVerificationToken">',
    '<input x id="__VIEWSTATE">',
    '<input x name="csrfmiddlewaretoken">',
    '<input x name="cardNumber">',
    '<input x id="cvv2">',
    '<label>Cryptogramme visuel <input x></label>',
    '<label>Name on card <input x></label>',
    '<form><input name="cc-number"><select x name="expirationMonth"><option>01</select></form>',
  ])('%s is dropped', (body) => expect(verdict(body)).toBe('drop'));

  test.each([
    '<label>Numéro de carte d’identité <input x></label>',
    '<label>ID card number <input x></label>',
    '<input x name="carte_agent">',
    '<input x type="email" name="cc">',
    '<form><label>Date d’expiration du titre de séjour <input x type="date"></label></form>',
    '<input x type="submit" value="Payer par carte bancaire">',
    '<select x><option>France</select>',
    '<input x name="code_postal" value="75007">',
  ])('%s is kept', (body) => expect(verdict(body)).toBe('keep'));
});

describe('[F4][F5] numbers, whatever their field is called', () => {
  test.each([
    ['drop', '<input x value="4111 1111 1111 1111">'],
    ['drop', '<textarea x>Carte 5555 5555 5555 4444, 12/27</textarea>'],
    ['drop', '<div x contenteditable>4111-1111-1111-1111</div>'],
    ['mask', '<input x value="1 85 05 78 006 084 91">'],
    ['mask', '<textarea x>FR76 3000 6000 0112 3456 7890 189</textarea>'],
    ['mask', '<select x><option selected>DE89 3704 0044 0532 0130 00</select>'],
    ['mask', '<input x name="nir" value="1850578">'],
    ['mask', '<label>IBAN <input x value="FR76 3000"></label>'],
    ['mask', '<div x role="combobox" aria-valuetext="GB29 NWBK 6016 1331 9268 19"></div>'],
    ['keep', '<input x name="nir">'],
    ['keep', '<input x name="siret" value="73282932000074">'],
    ['keep', '<input x type="tel" value="01 23 45 67 89">'],
  ])('%s: %s', (rule, body) => expect(verdict(body)).toBe(rule));

  test('what was typed counts, not only what the page wrote', () => {
    const field = parsePage('<input>').querySelector('input') as HTMLInputElement;
    expect(fieldOf(field)).toBe('keep');
    field.value = '378282246310005';
    expect(fieldOf(field)).toBe('drop');
  });
});

test('[F1] nor do the names of properties hide what stands around a form', () => {
  const around = '<label>Mot de passe <form><input x><input name="parentNode"><input name="localName"></form></label>';
  expect(verdict(around)).toBe('drop');
  expect(verdict('<div><input x name="objet"><form><input name="getAttribute"></form></div>')).toBe('keep');
});

test('[F1] a page that gives its fields the names of properties is judged like any other', () => {
  const page = parseTrap(
    '<form><input name="parentNode"><input name="getAttribute"><input name="querySelectorAll"><div><input x id="a">' +
      '<button>Show password</button></div></form>',
  );
  expect(fieldOf(page.querySelector('[x]') as Element)).toBe('drop');
});

test('[F1] thousands of fields in one element are judged in time', () => {
  const page = parsePage(`<form>${'<input name="a"><label>b</label>'.repeat(1_000)}</form>`);
  expect([...page.querySelectorAll('input')].map(fieldOf)).toEqual(Array(1_000).fill('keep'));
});
