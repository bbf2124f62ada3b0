import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readContent } from '../src/capture/content.ts';
import { baseAddressOf } from '../src/capture/dom.ts';
import { makePageSide, type ReadPage } from '../src/capture/handover.ts';
import { base64Of, isLaidOut, pageClock, pageReader, shadowTree } from '../src/capture/live.ts';
import { scrollThrough } from '../src/capture/scroll.ts';

const readPage: ReadPage = async (order, options) => {
  await scrollThrough(document, { clock: pageClock, signal: options.signal });
  return readContent(document, {
    ...order,
    ...options,
    url: new URL(location.href),
    base: baseAddressOf(document),
    isShown: isLaidOut,
    shadowOf: shadowTree,
    read: pageReader({ fetch: (url, init) => fetch(url, init), origin: location.origin, clock: pageClock }),
    clock: pageClock,
  });
};

// Injected by executeScript once a dossier was chosen; the worker then calls what this leaves in the extension's own world.
export default defineUnlistedScript({
  globalName: true,
  main: () => void Object.assign(globalThis, { liassePage: makePageSide(readPage, base64Of) }),
});
