import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A page written for these tests. */
export function fixture(name: string): Document {
  return parsePage(readFileSync(`${import.meta.dirname}/fixtures/${name}.html`, 'utf8'));
}

/** A page as a browser without scripts would read it. */
export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** A page whose fields stand in the way of their forms' properties by their names: as in browsers, and not in jsdom. */
export function parseTrap(html: string): Document {
  const page = parsePage(html);
  for (const form of page.querySelectorAll('form')) {
    for (const field of form.querySelectorAll('[name]'))
      Object.defineProperty(form, field.getAttribute('name') ?? '', { value: field });
  }
  return page;
}

/** The pages of a corpus outside of the project, or none, with a plain word, where it is absent. */
export function corpus(name: string): readonly { readonly name: string; readonly html: string }[] {
  const root = process.env.LIASSE_CORPORA ?? resolve(import.meta.dirname, '../../../../shared/corpora');
  const folder = `${root}/${name}`;
  if (!existsSync(folder)) {
    console.info(`corpus ${name} is absent (looked in ${root}; LIASSE_CORPORA says otherwise): nothing of it was run`);
    return [];
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith('.html'))
    .map((file) => ({ name: `${name}/${file}`, html: readFileSync(`${folder}/${file}`, 'utf8') }));
}
