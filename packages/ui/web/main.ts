import { mountApp } from '../src/index.ts';
import { makeWebPlatform } from './webPlatform.ts';

const element = document.getElementById('app');
if (element === null) throw new Error('bug: the page has no place for the app');
mountApp(element, await makeWebPlatform());
