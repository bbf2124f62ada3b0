export { type Anchor, anchorIn } from './anchor.ts';
export { type AnchorText, anchorText } from './anchorText.ts';
export * from './highlight.operations.ts';
export { Highlight, MAX_COMMENT_CHARACTERS } from './highlight.ts';
export * from './highlight.view.ts';
export { HighlightTarget, type TextRange } from './target.ts';
export { targetAt } from './targetAt.ts';
