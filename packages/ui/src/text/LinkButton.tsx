import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { Link } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button as ToolbarButton } from 'react-aria-components';
import { Button, Icon, Popover, TextField, useStrings } from '../kit/index.ts';
import { linkAddress } from './linkAddress.ts';
import styles from './text.module.css';
import { textStrings } from './text.strings.ts';

/** Makes the selected words a link, or changes and removes the one at the cursor. */
export function LinkButton({ editor }: { readonly editor: Editor }) {
  const t = useStrings(textStrings);
  const [isOpen, setOpen] = useState(false);
  const href = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      current.isDestroyed ? null : ((current.getAttributes('link').href as string | undefined) ?? null),
  });
  const close = () => {
    setOpen(false);
    editor.commands.focus();
  };
  const apply = (address: string) => {
    const nothingSelected = editor.state.selection.empty && href === null;
    const chain = editor.chain().extendMarkRange('link');
    if (nothingSelected) {
      const marks = [{ type: 'link', attrs: { href: address } }];
      chain.insertContent({ type: 'text', text: address, marks }).run();
    } else {
      chain.setLink({ href: address }).run();
    }
    close();
  };
  const remove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run();
    close();
  };
  return (
    <Popover
      label={t('link')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <ToolbarButton
          className={styles.button ?? ''}
          aria-label={t('link')}
          data-selected={href !== null || undefined}
        >
          <Icon icon={Link} />
        </ToolbarButton>
      }
    >
      <LinkForm href={href} onApply={apply} onRemove={href === null ? null : remove} />
    </Popover>
  );
}

interface LinkFormProps {
  readonly href: string | null;
  readonly onApply: (address: string) => void;
  readonly onRemove: (() => void) | null;
}

function LinkForm({ href, onApply, onRemove }: LinkFormProps) {
  const t = useStrings(textStrings);
  const [typed, setTyped] = useState(href ?? '');
  const [isRefused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = linkAddress(typed);
    if (address === null) setRefused(true);
    else onApply(address);
  };
  const change = (value: string) => {
    setTyped(value);
    setRefused(false);
  };
  return (
    <form className={styles.linkForm} onSubmit={submit}>
      <TextField
        label={t('address')}
        value={typed}
        onChange={change}
        error={isRefused ? t('badAddress') : null}
        placeholder={t('addressExample')}
        inputMode="url"
        autoFocus
      />
      <div className={styles.linkActions}>
        <Button type="submit" variant="primary">
          {t('applyLink')}
        </Button>
        {onRemove && (
          <Button variant="quiet" onPress={onRemove}>
            {t('removeLink')}
          </Button>
        )}
      </div>
    </form>
  );
}
