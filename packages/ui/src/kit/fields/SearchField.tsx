import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import {
  type SearchFieldProps as AriaProps,
  SearchField as AriaSearchField,
  Group,
  Input,
} from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { FieldFrame, type FieldProps, fieldCss } from './Field.tsx';
import css from './SearchField.module.css';

export interface SearchFieldProps
  extends Omit<FieldProps, 'error'>,
    Omit<AriaProps, 'children' | 'className' | 'style' | 'isInvalid' | 'render'> {
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}

/** Text to look for; Escape or the cross empties it. The label is hidden unless `hideLabel` is false. */
export function SearchField({
  label,
  hideLabel = true,
  hint,
  placeholder,
  inputRef,
  className,
  ...props
}: SearchFieldProps) {
  const t = useStrings(kitStrings);
  return (
    <AriaSearchField {...props} className={cx(fieldCss.field, css.search, className)}>
      <FieldFrame label={label} hideLabel={hideLabel} hint={hint}>
        <Group className={fieldCss.group}>
          <Icon icon={Search} className={css.glass ?? ''} />
          <Input className={fieldCss.bare} placeholder={placeholder ?? label} {...(inputRef && { ref: inputRef })} />
          <IconButton
            icon={X}
            label={t('clearSearch')}
            size="compact"
            tooltip={false}
            className={cx(fieldCss.inner, css.clear)}
          />
        </Group>
      </FieldFrame>
    </AriaSearchField>
  );
}
