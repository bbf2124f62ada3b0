import { Ellipsis, FolderInput, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  ConfirmDialog,
  Dialog,
  IconButton,
  MenuItem,
  MenuSection,
  MenuSeparator,
  MenuTrigger,
  Popover,
  Sheet,
  Submenu,
  TextField,
  useCommand,
  useStrings,
  useToast,
} from '../../src/kit/index.ts';
import { galleryStrings } from './gallery.strings.ts';
import { Row, Section } from './Section.tsx';

/** What floats. */
export function Overlays() {
  const t = useStrings(galleryStrings);
  const toast = useToast();
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'sheet' | null>(null);
  const close = () => setOpen(null);
  const trash = () => {
    toast.show({ message: t('toasted'), undo: () => {} });
    toast.show({ message: t('toastLong'), action: { label: t('open'), run: () => {} }, undo: () => {} });
  };
  useCommand({ id: 'gallery.trash', label: t('toast'), section: t('dossiers'), shortcut: 'x', run: trash });
  useCommand({ id: 'gallery.create', label: t('create'), section: t('dossiers'), shortcut: 'g d', run: () => {} });
  return (
    <Section title="Overlays">
      <Row>
        <MenuTrigger trigger={<IconButton icon={Ellipsis} label={t('more')} />}>
          <MenuItem icon={Pencil} shortcut="F2">
            {t('rename')}
          </MenuItem>
          <Submenu icon={FolderInput} label={t('move')}>
            <MenuItem current>{t('todo')}</MenuItem>
            <MenuItem>{t('doing')}</MenuItem>
          </Submenu>
          <MenuItem isDisabled detail={t('reason')}>
            {t('create')}
          </MenuItem>
          <MenuSection label={t('column')}>
            <MenuItem>{t('done')}</MenuItem>
          </MenuSection>
          <MenuSeparator />
          <MenuItem icon={Trash2} danger>
            {t('remove')}
          </MenuItem>
        </MenuTrigger>
        <Popover label={t('popover')} trigger={<Button>{t('popover')}</Button>}>
          <p>{t('nameHint')}</p>
        </Popover>
        <Button onPress={() => setOpen('dialog')}>{t('dialog')}</Button>
        <Button variant="danger" onPress={() => setOpen('confirm')}>
          {t('confirm')}
        </Button>
        <Button onPress={() => setOpen('sheet')}>{t('sheet')}</Button>
        <Button onPress={trash}>{t('toast')}</Button>
      </Row>
      <Dialog
        title={t('name')}
        isOpen={open === 'dialog'}
        onClose={close}
        actions={
          <Button variant="primary" onPress={close}>
            {t('create')}
          </Button>
        }
      >
        <TextField label={t('name')} autoFocus />
      </Dialog>
      <ConfirmDialog
        title={t('confirm')}
        confirmLabel={t('confirm')}
        danger
        isOpen={open === 'confirm'}
        onConfirm={close}
        onCancel={close}
      >
        {t('confirmText')}
      </ConfirmDialog>
      <Sheet title={t('example')} isOpen={open === 'sheet'} onClose={close}>
        <p>{t('reading')}</p>
      </Sheet>
    </Section>
  );
}
