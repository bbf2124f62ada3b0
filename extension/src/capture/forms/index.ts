import { type FormCapture, type FormField, FormLimits, fitForm } from '@liasse/core';
import { attribute, bodyOf, parentOf, queryAll, titleOf } from '../dom.ts';
import { type FoundControl, findControls, type PageDoors } from './findControls.ts';
import { type FieldContext, readField } from './readField.ts';
import { saidBy } from './saidBy.ts';
import { formAround, formNameOf } from './selectors.ts';

export interface ReadFormOptions {
  readonly doors: PageDoors;
  /** Keys of the fields whose personal numbers the agent wants kept; they are those of an earlier reading of this page. */
  readonly ticked: Pick<ReadonlySet<string>, 'has'>;
}

/** A field as it was read, with its element: the masks of screenshots and refill need both. */
export interface ReadField {
  readonly field: FormField;
  readonly found: FoundControl;
  readonly group: readonly Element[];
}

/** The form of a page, or its current step: all fields of the page, wherever they are. */
export function readForm(document: Document, options: ReadFormOptions): FormCapture {
  const { fields, forms, dropped, framesAway } = readFields(document, options);
  return fitForm({
    title: stepTitle(document),
    forms: forms.slice(0, 100).map((form) => ({ name: formNameOf(form), action: actionOf(form) })),
    fields: fields.map(({ field }) => field),
    unread: { fields: dropped, frames: framesAway },
  });
}

/** The fields of a page with their elements. */
export function readFields(document: Document, { doors, ticked }: ReadFormOptions) {
  const { controls, dropped, framesAway } = findControls(document, doors, FormLimits.fields);
  const forms: Element[] = [];
  const ordinals = new Map<Element | null, number>();
  const grouped = new Set<Element>();
  const data = new Map<Element, FormData | null>();
  const fields: ReadField[] = [];
  for (const found of controls) {
    if (grouped.has(found.element)) continue;
    const form = formAround(found.element);
    if (form !== null && !forms.includes(form)) forms.push(form);
    const ordinal = ordinals.get(form) ?? 0;
    ordinals.set(form, ordinal + 1);
    const group = groupOf(found, controls, form);
    for (const element of group) grouped.add(element);
    const key = String(fields.length);
    const context: FieldContext = {
      key,
      form: form === null || forms.indexOf(form) > 99 ? null : forms.indexOf(form),
      ordinal,
      group,
      isTicked: ticked.has(key),
      dataOf: (name) => entryOf(form, name, data),
    };
    fields.push({ field: readField(found, context), found, group });
  }
  return { fields, forms, dropped, framesAway };
}

/** Radio buttons of one name in one form are one question; so are those of one ARIA parent. */
function groupOf(found: FoundControl, controls: readonly FoundControl[], form: Element | null): readonly Element[] {
  const { element, kind } = found;
  if (kind === 'input:radio') {
    const name = attribute(element, 'name');
    if (name === null || name === '') return [element];
    return controls
      .filter(
        (other) =>
          other.kind === kind && attribute(other.element, 'name') === name && formAround(other.element) === form,
      )
      .map((other) => other.element);
  }
  if (kind === 'role:radio') {
    const parent = parentOf(element);
    return controls
      .filter((other) => other.kind === kind && parentOf(other.element) === parent)
      .map((other) => other.element);
  }
  return [element];
}

/**
 * What a component gives its form. The page's own `formdata` listeners run, as they do when it saves: that is the only way to a value
 * that stands in no attribute, so it is only gone where a form has components.
 */
function entryOf(form: Element | null, name: string, known: Map<Element, FormData | null>): string | null {
  if (form === null) return null;
  let data = known.get(form);
  if (data === undefined) {
    try {
      data = new FormData(form as HTMLFormElement);
    } catch {
      data = null;
    }
    known.set(form, data);
  }
  const entry = data?.get(name);
  return typeof entry === 'string' ? entry : null;
}

function actionOf(form: Element): string | null {
  const stated = attribute(form, 'action');
  if (stated === null || stated.trim() === '') return null;
  return (stated.split(/[?#]/, 1)[0] ?? '').slice(0, 2_000) || null;
}

/** What the page calls the step one is at: the current one of its list of steps, else the heading nearest to its fields. */
function stepTitle(document: Document): string {
  const body = bodyOf(document);
  if (body === null) return '';
  const current = queryAll(body, '[aria-current="step"]')[0];
  if (current !== undefined) return saidBy(current, 400).slice(0, 500);
  const form = queryAll(body, 'form')[0];
  const headings = form === undefined ? [] : queryAll(form, 'h1, h2, legend');
  const heading = headings[0] ?? queryAll(body, 'h1')[0];
  const text = heading === undefined ? '' : saidBy(heading, 400);
  return (text === '' ? titleOf(document) : text).slice(0, 500);
}
