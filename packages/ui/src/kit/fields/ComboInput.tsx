import { type KeyboardEvent, type Ref, use, useEffect, useRef } from 'react';
import { ComboBoxStateContext, Input } from 'react-aria-components';
import { fieldCss } from './Field.tsx';

interface ComboInputProps {
  /** Something was typed since the list opened. */
  typed: boolean;
  /** The option that only Enter takes: creating something by leaving the field would surprise. */
  createKey: string;
  /** Grows with each creation: the list closes then, though nothing was chosen yet. */
  created: number;
  placeholder?: string | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

/** The input of a `ComboBox`: the best option is ready as one types, so that Enter is enough. */
export function ComboInput({ typed, createKey, created, placeholder, inputRef }: ComboInputProps) {
  const state = use(ComboBoxStateContext);
  const first = state?.collection.getFirstKey() ?? null;

  useEffect(() => {
    if (!typed || !state?.isOpen || first === null || first === createKey) return;
    if (state.selectionManager.focusedKey === null) state.selectionManager.setFocusedKey(first);
  });

  const seen = useRef(created);
  useEffect(() => {
    if (seen.current === created) return;
    seen.current = created;
    state?.close();
  });

  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !state?.isOpen || first !== createKey) return;
    // Pointed at just before react-aria reads which option Enter is for.
    state.selectionManager.setFocusedKey(createKey);
  };

  return (
    <Input
      className={fieldCss.bare}
      // A click asks for the choices; passing through with Tab does not.
      onClick={() => state?.open(null, 'manual')}
      onKeyDownCapture={onKeyDownCapture}
      {...(placeholder !== undefined && { placeholder })}
      {...(inputRef && { ref: inputRef })}
    />
  );
}
