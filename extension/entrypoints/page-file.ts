import { readFile } from '@liasse/ui/files';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { fetchFile } from '../src/capture/fetchFile.ts';
import { makePageSide } from '../src/capture/handover.ts';
import { base64Of } from '../src/capture/live.ts';

// Injected only to take a file: its readers weigh more than all the rest. They run here, in the page's own process, and not in the
// extension's. docs/decisions/0021-reading-files.md
export default defineUnlistedScript({
  globalName: true,
  main: () =>
    void Object.assign(globalThis, { liassePage: makePageSide(fetchFile(new URL(location.href), readFile), base64Of) }),
});
