import { Check } from 'lucide-react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import css from './Options.module.css';

/** One choice of a list. */
export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** One line of detail below the label. */
  readonly detail?: string;
  readonly disabled?: boolean;
}

/** The list inside `Select` and `ComboBox`; a combo box gives it its own filtered options. */
export function OptionList({ options, emptyText }: { options?: readonly Option[]; emptyText: string }) {
  return (
    <ListBox<Option>
      {...(options && { items: options })}
      className={css.list ?? ''}
      renderEmptyState={() => <div className={css.empty}>{emptyText}</div>}
    >
      {(option) => (
        <ListBoxItem
          id={option.id}
          textValue={option.label}
          isDisabled={option.disabled ?? false}
          className={css.item ?? ''}
        >
          <span className={css.words}>
            <Text slot="label">{option.label}</Text>
            {option.detail !== undefined && (
              <Text slot="description" className={css.detail ?? ''}>
                {option.detail}
              </Text>
            )}
          </span>
          <Icon icon={Check} className={css.check ?? ''} />
        </ListBoxItem>
      )}
    </ListBox>
  );
}
