import type { XmlFragment } from '@liasse/core';

/** What a text on screen is told. */
export interface RichTextProps {
  /** The shared text, of the document that `OpenDocProvider` gives. */
  readonly fragment: XmlFragment;
  /** Its name for those who cannot see it. */
  readonly label: string;
  /** What to write there, shown while it is empty. */
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** The cursor entered the text: the moment to say where one is. */
  readonly onFocusPlace?: () => void;
  /** Puts the cursor at the end once the text is on screen: for what was just made or opened on purpose. */
  readonly takesFocus?: boolean;
}
