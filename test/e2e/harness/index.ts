export { Profile } from './browser.ts';
export { corpusFolder, EXTENSION, FIREFOX_EXTENSION, FIXTURES, ROOT } from './places.ts';
export { Wire } from './proxy.ts';
export { TestServer } from './server.ts';
export { Site } from './site.ts';
