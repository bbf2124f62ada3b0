import { type KeyboardEvent, type Ref, use, useEffect } from 'react';
import { ComboBoxStateContext, Input } from 'react-aria-components';
import { fieldCss } from './Field.tsx';

interface ComboInputProps {
  /** Something was typed since the list opened. */
  typed: boolean;
  /** The option that only Enter takes: creating something by leaving the field would surprise. */
  createKey: string;
  onCreate: () => void;
  placeholder?: string | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

/** The input of a `ComboBox`: the best option is ready as one types, so that Enter is enough. */
export function ComboInput({ typed, createKey, onCreate, placeholder, inputRef }: ComboInputProps) {
  const state = use(ComboBoxStateContext);
  const first = state?.collection.getFirstKey() ?? null;

  useEffect(() => {
    if (!typed || !state?.isOpen || first === null || first === createKey) return;
    if (state.selectionManager.focusedKey === null) state.selectionManager.setFocusedKey(first);
  });

  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || first !== createKey) return;
    // The form around it is sent by the next Enter.
    event.preventDefault();
    event.stopPropagation();
    onCreate();
    state?.close();
  };

  return (
    <Input
      className={fieldCss.bare}
      onKeyDownCapture={onKeyDownCapture}
      {...(placeholder !== undefined && { placeholder })}
      {...(inputRef && { ref: inputRef })}
    />
  );
}
