import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readFacts } from '../src/capture/facts.ts';

// Injected by executeScript under activeTab, in the extension's own world of the page; the last value is the answer.
export default defineUnlistedScript({
  globalName: true,
  main: () => readFacts(document, new URL(location.href)),
});
