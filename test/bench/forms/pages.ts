/** Forms written for this bench: a table of fields, and ways to label and to build each. */

export interface MadeField {
  readonly name: string;
  /** What browsers call it. */
  readonly label: string;
  readonly html: string;
  readonly kind: 'native' | 'aria';
  /** What a person enters, as the reader gives it. */
  readonly value: string | readonly string[] | boolean;
}

export interface MadeForm {
  readonly name: string;
  readonly html: string;
  readonly fields: readonly MadeField[];
}

type Control = (at: { readonly id: string; readonly naming: string; readonly filled: boolean }) => string;
type Kind = readonly [kind: MadeField['kind'], value: MadeField['value'], control: Control];

const choices = ['Bourgogne', 'Bretagne', 'Corse', 'Normandie'];
const options = (chosen: string | null) =>
  choices
    .map((one) => `<option value="${one.slice(0, 3)}"${one === chosen ? ' selected' : ''}>${one}</option>`)
    .join('');
const ariaOptions = (chosen: string | null) =>
  choices.map((one) => `<li role="option" aria-selected="${one === chosen}">${one}</li>`).join('');
const input =
  (type: string, value: string, more = ''): Control =>
  ({ id, naming, filled }) =>
    `<input id="${id}" name="${id}" type="${type}" ${naming} ${more} ${filled ? `value="${value}"` : ''}>`;

/** `controlled`: as frameworks do, the page puts back what it was not told of by an `input` that brings another value. */
const KINDS: readonly Kind[] = [
  ['native', 'Durand', input('text', 'Durand')],
  ['native', 'Amira', input('text', 'Amira', 'data-controlled')],
  ['native', 'a.durand@ministere.example', input('email', 'a.durand@ministere.example', 'required')],
  ['native', '01 23 45 67 89', input('tel', '01 23 45 67 89')],
  ['native', '2026-11-24', input('date', '2026-11-24')],
  ['native', '12', input('number', '12', 'min="0" max="99"')],
  ['native', '40', input('range', '40')],
  [
    'native',
    'Première ligne\nDeuxième',
    ({ id, naming, filled }) =>
      `<textarea id="${id}" name="${id}" ${naming}>${filled ? 'Première ligne\nDeuxième' : ''}</textarea>`,
  ],
  [
    'native',
    true,
    ({ id, naming, filled }) => `<input type="checkbox" id="${id}" name="${id}" ${naming} ${filled ? 'checked' : ''}>`,
  ],
  [
    'native',
    'Bre',
    ({ id, naming, filled }) =>
      `<select id="${id}" name="${id}" ${naming}><option value=""></option>${options(filled ? 'Bretagne' : null)}</select>`,
  ],
  [
    'native',
    ['Cor'],
    ({ id, naming, filled }) =>
      `<select multiple id="${id}" name="${id}" ${naming}>${options(filled ? 'Corse' : null)}</select>`,
  ],
  [
    'aria',
    'Corse',
    ({ id, naming, filled }) =>
      `<div role="combobox" tabindex="0" id="${id}" ${naming} aria-expanded="false" aria-controls="${id}-list">${filled ? 'Corse' : ''}</div><ul role="listbox" id="${id}-list" hidden>${ariaOptions(filled ? 'Corse' : null)}</ul>`,
  ],
  [
    'aria',
    'Bretagne',
    ({ id, naming, filled }) =>
      `<ul role="listbox" tabindex="0" id="${id}" ${naming}>${ariaOptions(filled ? 'Bretagne' : null)}</ul>`,
  ],
  [
    'aria',
    true,
    ({ id, naming, filled }) =>
      `<span role="switch" tabindex="0" id="${id}" ${naming} aria-checked="${filled}"></span>`,
  ],
  [
    'aria',
    '7',
    ({ id, naming, filled }) =>
      `<span role="spinbutton" tabindex="0" id="${id}" ${naming} aria-valuemin="0" aria-valuemax="20" aria-valuenow="${filled ? 7 : 0}"></span>`,
  ],
  [
    'aria',
    '15',
    ({ id, naming, filled }) =>
      `<span role="slider" tabindex="0" id="${id}" ${naming} aria-valuemin="0" aria-valuemax="20" aria-valuenow="${filled ? 15 : 3}"></span>`,
  ],
  [
    'aria',
    'Urgente',
    ({ id, naming, filled }) =>
      `<div role="radiogroup" id="${id}" ${naming}>${['Normale', 'Urgente'].map((one) => `<span role="radio" tabindex="0" aria-checked="${filled && one === 'Urgente'}">${one}</span>`).join('')}</div>`,
  ],
  [
    'aria',
    'Le projet en trois lignes',
    ({ id, naming, filled }) =>
      `<div contenteditable="true" role="textbox" aria-multiline="true" id="${id}" ${naming}>${filled ? 'Le projet en trois lignes' : ''}</div>`,
  ],
  [
    'aria',
    ['24'],
    ({ id, naming, filled }) =>
      `<table role="grid" id="${id}" ${naming}><tr>${['23', '24', '25'].map((day) => `<td role="gridcell" tabindex="0" aria-selected="${filled && day === '24'}">${day}</td>`).join('')}</tr></table>`,
  ],
];

const LABELS = [
  'Nom de l’association',
  'Objet de la demande',
  'Service instructeur',
  'Commune',
  'Référence du dossier',
  'Direction',
  'Bureau',
  'Observations',
  'Montant demandé',
  'Période',
  'Contact',
  'Rapporteur',
];

/** `label for` names native controls alone; the others work for all. `text` is what stands around, with `CONTROL` in it. */
type Way = (id: string, label: string) => { readonly naming: string; readonly text: string };
const FOR: Way = (id, label) => ({ naming: '', text: `<label for="${id}">${label}</label> CONTROL` });
const WAYS: readonly Way[] = [
  (_id, label) => ({ naming: `aria-label="${label}"`, text: 'CONTROL' }),
  (id, label) => ({ naming: `aria-labelledby="${id}-l"`, text: `<b id="${id}-l">${label}</b> CONTROL` }),
  (id, label) => ({
    naming: `aria-labelledby="${id}-l ${id}-m"`,
    text: `<b id="${id}-l">${label.split(' ')[0]}</b><p>…</p><i id="${id}-m">${label.split(' ').slice(1).join(' ')}</i> CONTROL`,
  }),
  (_id, label) => ({ naming: `title="${label}"`, text: 'CONTROL' }),
];
const NATIVE_WAYS: readonly Way[] = [
  FOR,
  (_id, label) => ({ naming: '', text: `<label>${label} CONTROL</label>` }),
  (id, label) => ({
    naming: '',
    text: `<label for="${id}"><span>${label.split(' ')[0]}</span> <em>${label.split(' ').slice(1).join(' ')}</em></label> CONTROL`,
  }),
];

const FORMS = 60;
const FIELDS = 9;

/** The forms, empty as one finds them or filled as one left them. */
export function madeForms({ filled }: { readonly filled: boolean }): readonly MadeForm[] {
  return Array.from({ length: FORMS }, (_, n) => {
    const fields = Array.from({ length: FIELDS }, (_field, at): MadeField => {
      const [kind, value, control] = KINDS[(n * 7 + at) % KINDS.length] as Kind;
      const word = LABELS[(n + at * 5) % LABELS.length] as string;
      const label = `${word} ${at + 1}`;
      const id = `f${n}-${at}`;
      const ways = kind === 'native' ? [...NATIVE_WAYS, ...WAYS] : WAYS;
      // A wrapping label would hold the words of the options too.
      const offered =
        Array.isArray(value) || /<select|<textarea/.test(control({ id, naming: '', filled: false }))
          ? [FOR, ...WAYS]
          : ways;
      const way = (kind === 'native' ? offered : WAYS)[(n + at) % (kind === 'native' ? offered : WAYS).length] as Way;
      const { naming, text } = way(id, label);
      return {
        name: id,
        label,
        kind,
        value,
        html: `<p>${text.replace('CONTROL', () => control({ id, naming, filled }))}</p>`,
      };
    });
    const half = Math.ceil(FIELDS / 2);
    const groups = [fields.slice(0, half), fields.slice(half)].map(
      (group, at) =>
        `<fieldset><legend>Partie ${at + 1}</legend>${group.map(({ html }) => html).join('\n')}</fieldset>`,
    );
    const html = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Demande ${n}</title><h1>Demande ${n}</h1><form id="demande">${groups.join('')}</form><script>${WIDGETS}</script>`;
    return { name: `demande-${n}`, html, fields };
  });
}

/** How the widgets of these pages behave, after the ARIA Authoring Practices. */
const WIDGETS = `
const on = (type, act) => document.addEventListener(type, (event) => act(event, event.target));
on('click', (_, at) => {
  const box = at.closest('[role=combobox]'), option = at.closest('[role=option]'), list = at.closest('[role=listbox]');
  if (box) { const open = box.getAttribute('aria-expanded') !== 'true'; box.setAttribute('aria-expanded', open); setTimeout(() => { document.getElementById(box.getAttribute('aria-controls')).hidden = !open; }, 20); }
  if (option && list) {
    for (const other of list.children) other.setAttribute('aria-selected', other === option);
    const owner = document.querySelector('[aria-controls="' + list.id + '"]');
    if (owner) { owner.textContent = option.textContent; owner.setAttribute('aria-expanded', 'false'); list.hidden = true; }
  }
  const flip = at.closest('[role=switch]');
  if (flip) flip.setAttribute('aria-checked', flip.getAttribute('aria-checked') !== 'true');
  const radio = at.closest('[role=radio]');
  if (radio) for (const other of radio.parentElement.children) other.setAttribute('aria-checked', other === radio);
  const cell = at.closest('[role=gridcell]');
  if (cell) cell.setAttribute('aria-selected', cell.getAttribute('aria-selected') !== 'true');
});
on('keydown', ({ key }, at) => {
  if (!at.matches('[role=spinbutton], [role=slider]')) return;
  const step = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
  at.setAttribute('aria-valuenow', Math.min(20, Math.max(0, Number(at.getAttribute('aria-valuenow')) + step)));
});
for (const field of document.querySelectorAll('[data-controlled]')) {
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  let tracked = field.value, state = field.value;
  Object.defineProperty(field, 'value', { get() { return own.get.call(this); }, set(next) { tracked = String(next); own.set.call(this, next); } });
  field.addEventListener('input', () => { const now = own.get.call(field); if (now === tracked) return; tracked = now; state = now; });
  field.addEventListener('change', () => { if (own.get.call(field) !== state) { tracked = state; own.set.call(field, state); } });
}
`;
