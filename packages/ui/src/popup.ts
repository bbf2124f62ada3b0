// What the extension's popup takes of the app: it opens in an instant, so no widgets, no router, no core.

import './kit/theme/theme.css';

export { inTeam, paths } from './app/paths.ts';
export { fold, matches, relevance } from './kit/fold.ts';
export { applyTheme, type Theme } from './kit/theme/theme.ts';
