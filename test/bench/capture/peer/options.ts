/**
 * The defaults of the peer's own command line (single-file-cli 2.0.83) and extension, named as in single-file-core: the library
 * itself has none. Its network is the extension of `extension.ts`, which may read every origin.
 */
export const SINGLE_FILE_DEFAULTS = {
  acceptHeaders: {
    font: 'application/font-woff2;q=1.0,application/font-woff;q=0.9,*/*;q=0.8',
    image: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
    stylesheet: 'text/css,*/*;q=0.1',
    script: '*/*',
    document: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  },
  blockAudios: true,
  blockScripts: true,
  blockVideos: true,
  compressHTML: true,
  groupDuplicateImages: true,
  insertMetaCSP: true,
  insertSingleFileComment: true,
  loadDeferredImages: true,
  loadDeferredImagesMaxIdleTime: 1500,
  // Its timers would otherwise be its background's, which are the same ones seen from farther away.
  loadDeferredImagesNativeTimeout: true,
  maxResourceSize: 10,
  maxSizeDuplicateImages: 512 * 1024,
  removeAlternativeFonts: true,
  removeAlternativeImages: true,
  removeAlternativeMedias: true,
  removeHiddenElements: true,
  removeNoScriptTags: true,
  removeUnusedFonts: true,
  removeUnusedStyles: true,
  resolveLinks: true,
} as const;
