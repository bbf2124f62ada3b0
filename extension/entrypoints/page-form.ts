import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { makeFormSide } from '../src/capture/forms/formSide.ts';
import { liveDoors as doors } from '../src/capture/forms/liveDoors.ts';

const hand = { wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

// As page-content: injected on demand, it leaves this in the extension's own world.
export default defineUnlistedScript({
  globalName: true,
  main: () => void Object.assign(globalThis, { liasseForm: makeFormSide(document, { doors, hand }) }),
});
