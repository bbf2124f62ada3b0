import type { FormField, FormStep } from '../dossier/index.ts';
import type { FormStepId } from '../kernel/index.ts';

/** A field as a capture yields it. */
export const testField = (fields: Partial<FormField> = {}): FormField => ({
  key: '0',
  form: 0,
  path: [],
  name: { text: 'Nom', from: 'label' },
  control: 'text',
  role: 'textbox',
  type: 'text',
  keeping: 'kept',
  value: 'Durand',
  shown: null,
  options: [],
  optionsCut: 0,
  required: false,
  readOnly: false,
  disabled: false,
  rendered: true,
  limits: { pattern: null, min: null, max: null, step: null, minLength: null, maxLength: null },
  invalid: [],
  description: null,
  error: null,
  selectors: { id: null, name: 'nom', form: null, autocomplete: null, label: 'Nom', css: ['input'], ordinal: 0 },
  ...fields,
});

/** A step of a form with these fields. */
export const testStep = (id: FormStepId, fields: readonly FormField[] = [testField()], at = 1): FormStep => ({
  id,
  at,
  title: 'Demande de subvention',
  forms: [{ name: 'demande', action: 'https://demarches.example/demande' }],
  fields: [...fields],
  unread: { fields: 0, frames: 0 },
});
