import type { CorrectedField, ShownStep } from '@liasse/core';

/** Fields that stand one after the other in one group of the page. `path`: names of the groups, outermost first. */
export interface FieldGroup {
  readonly path: readonly string[];
  readonly fields: readonly CorrectedField[];
}

/** The fields of a step in their order, by the group they stand in. A group that the page comes back to is written again. */
export function groupsOf({ fields }: Pick<ShownStep, 'fields'>): readonly FieldGroup[] {
  const groups: { path: readonly string[]; fields: CorrectedField[] }[] = [];
  for (const field of fields) {
    // A group of buttons is named like the field it is: said once.
    const path = field.path.at(-1) === field.name.text ? field.path.slice(0, -1) : field.path;
    const last = groups.at(-1);
    if (last !== undefined && last.path.join('\n') === path.join('\n')) last.fields.push(field);
    else groups.push({ path, fields: [field] });
  }
  return groups;
}
