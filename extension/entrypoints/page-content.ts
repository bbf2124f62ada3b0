import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readContent } from '../src/capture/content.ts';
import { baseAddressOf } from '../src/capture/dom.ts';
import { makePageSide, type ReadPage } from '../src/capture/handover.ts';
import { base64Of, isLaidOut, pageClock, readAsPage } from '../src/capture/live.ts';

const readPage: ReadPage = (order, options) =>
  readContent(document, {
    ...order,
    ...options,
    url: new URL(location.href),
    base: baseAddressOf(document),
    isShown: isLaidOut,
    read: readAsPage,
    clock: pageClock,
  });

// Injected by executeScript once a dossier was chosen; the worker then calls what this leaves in the extension's own world.
export default defineUnlistedScript({
  globalName: true,
  main: () => void Object.assign(globalThis, { liassePage: makePageSide(readPage, base64Of) }),
});
