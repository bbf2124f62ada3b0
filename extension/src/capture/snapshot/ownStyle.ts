import { MARKS } from './selectors.ts';

/** Where the file is opened outside of the app, this still keeps it from loading or running anything. */
export const POLICY =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src blob: data:; font-src blob: data:; ' +
  "style-src 'unsafe-inline'; form-action 'none'\">";

/**
 * What browsers do by themselves in a page and not in its copy. In a layer, and the first one: any rule of the page wins, also
 * one in a layer of its own.
 */
export const OWN_STYLE =
  '@layer liasse{' +
  '.liasse-missing{display:inline-block;box-sizing:border-box;max-width:100%;min-height:1.5em;overflow:hidden;padding:2px 6px;' +
  'border:1px dashed #76827c;color:#515c57;background:#ebeeea;font:12px/16px sans-serif}' +
  'canvas{display:inline-block;width:calc(var(--liasse-width)*1px);height:calc(var(--liasse-height)*1px);' +
  'aspect-ratio:var(--liasse-width)/var(--liasse-height);content-visibility:hidden}' +
  `[${MARKS.modal}]{position:fixed;inset-block:0;max-width:calc(100% - 6px - 2em);max-height:calc(100% - 6px - 2em);` +
  'z-index:2147483647;box-shadow:0 0 0 100vmax rgb(0 0 0/.1)}' +
  `[${MARKS.popover}]{position:fixed;inset:0;width:fit-content;height:fit-content;margin:auto;border:solid;padding:.25em;` +
  'overflow:auto;color:CanvasText;background-color:Canvas;z-index:2147483647}}';
