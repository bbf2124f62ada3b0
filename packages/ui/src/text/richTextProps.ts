import type { XmlFragment } from '@liasse/core';

/** `h3` or `h4`; the smaller headings come one below. */
export type FirstHeading = 3 | 4;

/** What a text on screen is told. */
export interface RichTextProps {
  /** The shared text, of the document that `OpenDocProvider` gives. */
  readonly fragment: XmlFragment;
  /** Its name for those who cannot see it. */
  readonly label: string;
  /** What to write there, shown while it is empty. */
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** What its larger headings are drawn as: one below the heading it stands under. */
  readonly firstHeading?: FirstHeading;
  /** The cursor entered the text: the moment to say where one is. */
  readonly onFocusPlace?: () => void;
  /** Puts the cursor at the end once the text is on screen: for what was just made or opened on purpose. */
  readonly takesFocus?: boolean;
}
