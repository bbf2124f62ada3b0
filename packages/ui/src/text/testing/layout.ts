/**
 * For tests: jsdom lays nothing out, so a range has no rectangles; ProseMirror asks for them when it scrolls to the cursor.
 * Import it for its effect before a text is shown.
 */
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
