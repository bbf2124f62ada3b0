import { Maximize2, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../controls/IconButton.tsx';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { Sheet } from '../overlays/Sheet.tsx';
import { useMediaLayout } from '../useMediaLayout.ts';
import css from './Inspector.module.css';
import { useReturnFocus } from './useReturnFocus.ts';

interface InspectorProps {
  /** What it shows (*Carte*, *Pièce*), and its name. */
  title: string;
  /** Escape, the cross, and on small screens Back. Screens go back to their own URL. */
  onClose: () => void;
  /** *Agrandir*: opens the full page. */
  onEnlarge?: () => void;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * One object beside its list: 384 px at the right where there is room, over the content below 1200 px, the whole screen
 * below 768. The focus goes to it when it opens, and returns when it closes.
 */
export function Inspector(props: InspectorProps) {
  const layout = useMediaLayout();
  return layout === 'narrow' ? <InspectorSheet {...props} /> : <InspectorPanel {...props} />;
}

function InspectorSheet({ title, onClose, onEnlarge, actions, children }: InspectorProps) {
  return (
    <Sheet
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          {actions}
          {onEnlarge && <Enlarge onPress={onEnlarge} />}
        </>
      }
    >
      {children}
    </Sheet>
  );
}

function InspectorPanel({ title, onClose, onEnlarge, actions, children }: InspectorProps) {
  const t = useStrings(kitStrings);
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useReturnFocus(panel, heading);
  return (
    <aside
      ref={panel}
      aria-label={title}
      className={css.panel}
      onKeyDown={(event) => {
        // A field or a menu inside answers Escape first.
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={css.header}>
        <h2 ref={heading} tabIndex={-1} className={css.title}>
          {title}
        </h2>
        {actions}
        {onEnlarge && <Enlarge onPress={onEnlarge} />}
        <IconButton icon={X} label={t('close')} onPress={onClose} />
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  );
}

function Enlarge({ onPress }: { onPress: () => void }) {
  const t = useStrings(kitStrings);
  return <IconButton icon={Maximize2} label={t('enlarge')} onPress={onPress} />;
}
