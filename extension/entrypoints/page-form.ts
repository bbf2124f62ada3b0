import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readForm } from '../src/capture/forms/index.ts';
import { liveDoors } from '../src/capture/forms/liveDoors.ts';

// As page-content: what this leaves in the extension's own world is called by executeScript. Keys of fields are as the last reading gave them.
export default defineUnlistedScript({
  globalName: true,
  main: () =>
    void Object.assign(globalThis, {
      liasseForm: {
        read: (ticked: readonly string[] = []) => readForm(document, { doors: liveDoors, ticked: new Set(ticked) }),
      },
    }),
});
