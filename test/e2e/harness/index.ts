export { Profile } from './browser.ts';
export { Disk } from './disk.ts';
export { corpusFolder, EXTENSION, FIREFOX_EXTENSION, firefoxPath } from './places.ts';
export { Wire } from './proxy.ts';
export { RawMember, teamOnScreen } from './rawMember.ts';
export { TestServer } from './server.ts';
export { Site } from './site.ts';
export { painted, watch } from './watch.ts';
