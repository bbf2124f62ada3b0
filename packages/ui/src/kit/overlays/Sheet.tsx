import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './Sheet.module.css';

interface SheetProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** `end`: 384 px at the right edge, the whole screen below 768; `bottom`: as high as its content. */
  side?: 'end' | 'bottom';
}

/** A modal panel at the edge of the screen; full height on small ones. Escape closes it, and focus returns. */
export function Sheet({ title, isOpen, onClose, children, actions, side = 'end' }: SheetProps) {
  const t = useStrings(kitStrings);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={css.overlay ?? ''}
    >
      <Modal className={cx(css.sheet, side === 'bottom' && css.bottom)}>
        <Dialog className={css.dialog ?? ''}>
          <header className={css.header}>
            <Heading slot="title" className={css.title ?? ''}>
              {title}
            </Heading>
            {actions}
            <IconButton icon={X} label={t('close')} onPress={onClose} tooltip={false} />
          </header>
          <div className={css.body}>{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
