import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { Link } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import {
  Button,
  Dialog,
  DialogTrigger,
  FieldError,
  Form,
  Input,
  Label,
  Popover,
  TextField,
} from 'react-aria-components';
import { useStrings } from '../kit/index.ts';
import { linkAddress } from './extensions.ts';
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
    const { empty } = editor.state.selection;
    const chain = editor.chain().extendMarkRange('link');
    if (empty && href === null)
      chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] }).run();
    else chain.setLink({ href: address }).run();
    close();
  };
  const remove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run();
    close();
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className={styles.button ?? ''} aria-label={t('link')} data-selected={href !== null || undefined}>
        <Link size={16} aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ''} placement="bottom start">
        <Dialog aria-label={t('link')} className={styles.dialog ?? ''}>
          <LinkForm href={href} onApply={apply} onRemove={href === null ? null : remove} />
        </Dialog>
      </Popover>
    </DialogTrigger>
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
    <Form className={styles.linkForm ?? ''} onSubmit={submit}>
      <TextField className={styles.linkField ?? ''} value={typed} onChange={change} isInvalid={isRefused} autoFocus>
        <Label>{t('address')}</Label>
        <Input placeholder={t('addressExample')} inputMode="url" />
        <FieldError>{t('badAddress')}</FieldError>
      </TextField>
      <div className={styles.linkActions}>
        <Button type="submit" className={styles.primary ?? ''}>
          {t('applyLink')}
        </Button>
        {onRemove === null ? null : (
          <Button className={styles.plain ?? ''} onPress={onRemove}>
            {t('removeLink')}
          </Button>
        )}
      </div>
    </Form>
  );
}
