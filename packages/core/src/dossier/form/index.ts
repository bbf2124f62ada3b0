export { fitForm, withoutSecrets } from './fitForm.ts';
export * from './form.operations.ts';
export * from './form.view.ts';
export {
  type FieldControl,
  FieldId,
  type FieldKeeping,
  FieldOption,
  FieldSelectors,
  FieldValue,
  FormCapture,
  FormField,
  FormLimits,
  type NameSource,
} from './formCapture.ts';
export { capturedSteps, encodeStep, FormStep } from './formStep.ts';
