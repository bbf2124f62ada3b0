import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readForm } from '../src/capture/forms/index.ts';
import { liveDoors as doors } from '../src/capture/forms/liveDoors.ts';
import { applyRefill, planRefill, type RefillPlan } from '../src/capture/forms/refill.ts';
import type { CapturedField } from '../src/capture/forms/refillTypes.ts';

const hand = { wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

/** The form's side of a page, called through `executeScript`; a page's own messages are never heard. */
const liasseForm = {
  /** @param ticked - keys of fields as the last reading gave them */
  read: (ticked: readonly string[] = []) => readForm(document, { doors, ticked: new Set(ticked) }),
  plan: (fields: readonly CapturedField[]) => planRefill(document, fields, doors),
  apply: (plan: RefillPlan, chosen: readonly string[]) => applyRefill(document, plan, { chosen, doors, hand }),
};

// As page-content: injected on demand, it leaves this in the extension's own world.
export default defineUnlistedScript({ globalName: true, main: () => void Object.assign(globalThis, { liasseForm }) });
