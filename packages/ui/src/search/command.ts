/** The command that leads to the search; on its screen, to its field. */
export const SEARCH_COMMAND = 'search.open';

/** On a French keyboard the slash needs Shift. */
export const SEARCH_KEY = '[Shift]+/';
