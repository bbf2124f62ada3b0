/** What runs in the page itself: each function is sent there whole, and leans on nothing outside of it. */

/** Puts a marker of its own into every denied kind of field: those that the page has, and one more of each. */
export function plantMarkers(page: string): readonly string[] {
  const markers: string[] = [];
  const stem = page.replace(/\W+/g, '').slice(0, 12);
  const marker = () => {
    const one = `SECRET${stem}X${markers.length}E`;
    markers.push(one);
    return one;
  };
  const put = (field: Element, text: string) => {
    const input = field as HTMLInputElement;
    if (field.matches('input[type=file i]')) return;
    input.value = text;
    if (field.matches('input')) field.setAttribute('value', text);
    else if (field.matches('textarea')) field.textContent = text;
  };
  const own =
    'input[type=hidden i], input[type=password i], [data-manual-scoring^="password"], [data-manual-scoring^="card"], [autocomplete^="cc-" i], [autocomplete$="-password" i], [autocomplete="one-time-code" i]';
  for (const field of document.querySelectorAll(own))
    if (field.matches('input:not([type=number i]), textarea')) put(field, marker());
  const holder = document.createElement('div');
  (document.querySelector('form') ?? document.body).append(holder);
  const add = (html: string, value: string) => {
    const line = document.createElement('p');
    line.innerHTML = html;
    const field = line.querySelector('[x]');
    holder.append(line);
    if (field?.matches('input, textarea')) put(field, value);
    else if (field !== null) field.textContent = value;
  };
  const kinds = [
    '<input x type="hidden" name="zone">',
    '<input x type="password">',
    '<input x style="-webkit-text-security: disc">',
    '<input x autocomplete="current-password">',
    '<textarea x autocomplete="new-password"></textarea>',
    '<input x name="mot_de_passe">',
    '<label>Passwort <input x></label>',
    '<span><input x><button type="button" aria-label="Show password"></button></span>',
    '<input x autocomplete="cc-number">',
    '<input x autocomplete="cc-csc">',
    '<input x autocomplete="cc-name">',
    '<input x autocomplete="one-time-code">',
    '<input x name="csrf_token">',
    '<input x name="__VIEWSTATE">',
    '<input x name="__RequestVerificationToken">',
    '<textarea x name="g-recaptcha-response" style="display: none"></textarea>',
    '<div x role="textbox" contenteditable aria-label="Mot de passe"></div>',
  ];
  for (const html of kinds) add(html, marker());
  // Cards: a number of its own for each page, that passes Luhn's check.
  let digits = '4';
  for (let at = 1; at < 15; at++) digits += String((stem.charCodeAt(at % stem.length) + at * 7 + stem.length) % 10);
  for (let last = 0; last < 10; last++) {
    const number = `${digits}${last}`;
    const sum = [...number].reverse().reduce((total, one, at) => {
      const twice = at % 2 === 1 ? Number(one) * 2 : Number(one);
      return total + (twice > 9 ? twice - 9 : twice);
    }, 0);
    if (sum % 10 !== 0) continue;
    markers.push(number);
    add('<input x name="remarque">', number);
    add('<textarea x name="remarques"></textarea>', `Réf. ${number}`);
  }
  return markers;
}

/** Marks every native control that people fill; radio buttons of one name and form are one. */
export function controlsOfPage(): readonly string[] {
  const marks: string[] = [];
  const groups = new Map<string, string>();
  const native =
    'input:not([type=hidden i]):not([type=submit i]):not([type=button i]):not([type=reset i]):not([type=image i]), select, textarea';
  for (const field of document.body.querySelectorAll<HTMLInputElement>(native)) {
    const form = field.form === null ? '' : [...document.forms].indexOf(field.form);
    const group = field.matches('[type=radio i]') && field.name !== '' ? `${form} ${field.name}` : null;
    const known = group === null ? undefined : groups.get(group);
    const mark = known ?? `${field.localName} ${field.name} ${marks.length}`;
    field.setAttribute('data-bench', mark);
    if (group !== null) groups.set(group, mark);
    if (known === undefined) marks.push(mark);
  }
  return marks;
}

/** The marks of what the paths lead to. */
export function found(paths: readonly (readonly string[])[]): readonly string[] {
  return paths.flatMap((path) => {
    const [first = ''] = path;
    const field = path.length === 1 ? document.querySelector(first) : null;
    return field?.getAttribute('data-bench') ?? [];
  });
}
