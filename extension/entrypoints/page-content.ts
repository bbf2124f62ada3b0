import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readContent } from '../src/capture/content.ts';
import { baseAddressOf } from '../src/capture/dom.ts';
import { isLaidOut, readAsPage } from '../src/capture/live.ts';

// As page-facts: what is taken once a dossier was chosen.
export default defineUnlistedScript({
  globalName: true,
  main: () => readContent(document, { base: baseAddressOf(document), isShown: isLaidOut, read: readAsPage }),
});
