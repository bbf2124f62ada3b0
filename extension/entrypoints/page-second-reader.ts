import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { isLaidOut, shadowTree } from '../src/capture/live.ts';
import { secondReading } from '../src/capture/reading/secondReading.ts';

// Injected only where the first reading was flagged: the reader it brings weighs more than the rest of the capture together.
export default defineUnlistedScript({
  globalName: true,
  main: () => secondReading(document, { url: new URL(location.href), isShown: isLaidOut, shadowOf: shadowTree }),
});
