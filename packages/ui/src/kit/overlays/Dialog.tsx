import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './Dialog.module.css';

interface DialogProps {
  /** Shown as its heading, and its name. */
  title: string;
  isOpen: boolean;
  /** Escape, the cross, and where allowed a click outside. */
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
  /** `alertdialog`: must be answered; a click outside does not close it. */
  role?: 'dialog' | 'alertdialog';
  size?: 'normal' | 'wide';
}

/** A question that must be answered before going on. Only for choices: creating and renaming stay in place. */
export function Dialog({ title, isOpen, onClose, children, actions, role = 'dialog', size = 'normal' }: DialogProps) {
  const t = useStrings(kitStrings);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className={css.overlay ?? ''}
    >
      <Modal className={cx(css.modal, css[size])}>
        <AriaDialog role={role} className={css.dialog ?? ''}>
          <header className={css.header}>
            <Heading slot="title" className={css.title ?? ''}>
              {title}
            </Heading>
            <IconButton icon={X} label={t('close')} onPress={onClose} tooltip={false} />
          </header>
          <div className={css.body}>{children}</div>
          {actions !== undefined && <footer className={css.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
