import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { Dialog } from './Dialog.tsx';

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and what stays safe. */
  children: ReactNode;
  /** A verb and its object: *Effacer cet appareil*. */
  confirmLabel: string;
  danger?: boolean;
  busy?: boolean;
  isOpen: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before what cannot be undone. What can be undone asks nothing and offers *Annuler* in a toast. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  danger = false,
  busy = false,
  isOpen,
  onConfirm,
  onCancel,
}: ConfirmDialogProps) {
  const t = useStrings(kitStrings);
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onClose={onCancel}
      actions={
        <>
          <Button onPress={onCancel} autoFocus>
            {t('cancel')}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onPress={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
