import { X } from 'lucide-react';
import { createContext, type ReactNode, use, useRef, useSyncExternalStore } from 'react';
import { Button } from '../controls/Button.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { cx } from '../cx.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './ToastRegion.module.css';
import { type ShownToast, Toasts } from './toasts.ts';

const ToastContext = createContext<Toasts>(
  new Toasts({
    set: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  }),
);

/** Gives other timers than the browser's to the messages below: for tests. */
export function ToastProvider({ toasts, children }: { toasts: Toasts; children: ReactNode }) {
  return <ToastContext value={toasts}>{children}</ToastContext>;
}

/** Shows messages: `toast.show({ message, action, undo })`. */
export function useToast(): Pick<Toasts, 'show' | 'dismiss'> {
  return use(ToastContext);
}

/**
 * Where messages appear, bottom left: once in the app. It is there before any message is, or screen readers would not
 * hear the first one.
 */
export function ToastRegion() {
  const toasts = use(ToastContext);
  const shown = useSyncExternalStore(toasts.subscribe, toasts.getSnapshot);
  const t = useStrings(kitStrings);
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<EventTarget | null>(null);

  // The focus goes back to where it came from, and is never left on something that is gone.
  const dismiss = (id: number) => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && region.current?.contains(active)) {
      if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus();
      else active.blur();
    }
    toasts.dismiss(id);
  };

  return (
    <section
      ref={region}
      aria-label={t('notifications')}
      className={css.region}
      data-chrome
      onPointerEnter={toasts.pause}
      onPointerLeave={toasts.resume}
      onFocus={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) cameFrom.current = event.relatedTarget;
        toasts.pause();
      }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && toasts.resume()}
    >
      <div role="status" aria-atomic="false" className={css.list}>
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast, onDismiss }: { toast: ShownToast; onDismiss: () => void }) {
  const t = useStrings(kitStrings);
  const { action, undo } = toast;
  return (
    <div className={cx(css.toast, toast.tone === 'danger' && css.danger)}>
      <p className={css.message}>{toast.message}</p>
      <div className={css.buttons}>
        {action && (
          <Button
            size="compact"
            variant="quiet"
            onPress={() => {
              onDismiss();
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
        {undo && (
          <Button
            size="compact"
            variant="quiet"
            onPress={() => {
              onDismiss();
              undo();
            }}
          >
            {t('undo')}
          </Button>
        )}
      </div>
      <IconButton
        icon={X}
        label={t('dismiss')}
        size="compact"
        tooltip={false}
        onPress={onDismiss}
        className={css.close ?? ''}
      />
    </div>
  );
}
