import { align } from './align.ts';

/** A control as a person left it. `state`: its value, what is chosen, or whether it is ticked or open. */
export interface FieldState {
  /** Tag and type, and name where it has one: `input:text:nom`. */
  readonly key: string;
  readonly state: string;
}

/** The share of the fields whose state the copy shows too. Null where there is no field. */
export function keptState(original: readonly FieldState[], copy: readonly FieldState[]): number | null {
  if (original.length === 0) return null;
  const found = align(
    original.map(({ key }) => key),
    copy.map(({ key }) => key),
  );
  const kept = original.filter(({ state }, at) => copy[found[at] as number]?.state === state);
  return kept.length / original.length;
}
