import { useEffect, useRef, useState } from 'react';
import { TextArea, type TextAreaProps } from '../kit/index.ts';

interface SavedTextProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly maxLength: number;
  readonly isReadOnly: boolean;
  /** Hears of another text than `value`, on one line and trimmed, when the field is left, by Enter, or when it goes away. */
  readonly onSave: (text: string) => void;
}

/** A text saved when it is left. Escape takes back what was typed since. */
export function SavedText({ value, onSave, ...props }: SavedTextProps) {
  const [draft, setDraft] = useState<string | null>(null);

  const save = () => {
    if (draft === null) return;
    setDraft(null);
    const text = draft.replace(/\s+/g, ' ').trim();
    if (text !== value) onSave(text);
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => () => latest.current(), []);

  const onKeyDown: TextAreaProps['onKeyDown'] = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape' && draft !== null) {
      // The inspector around it stays open: react-aria keeps to the field what is not passed on.
      setDraft(null);
    } else {
      event.continuePropagation();
    }
  };

  return (
    <TextArea {...props} rows={1} value={draft ?? value} onChange={setDraft} onBlur={save} onKeyDown={onKeyDown} />
  );
}
