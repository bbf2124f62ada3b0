import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';
import type { ClipProgress } from './useClip.ts';

interface UnderwayProps {
  readonly progress: ClipProgress;
  readonly strings: PopupStrings;
  readonly onStop: () => void;
}

/** A capture that takes its time: how far it is, and the way out. */
export function Underway({ progress, strings, onStop }: UnderwayProps) {
  const { done, of } = progress;
  return (
    <div className={css.underway}>
      <label className={css.label} htmlFor="progress">
        {strings.underway}
      </label>
      {/* Without a value the bar says only that something goes on. */}
      <progress id="progress" className={css.progress} max={of > 0 ? of : 1} {...(of > 0 && { value: done })} />
      <button type="button" className={`${css.secondary} ${css.stop}`} onClick={onStop}>
        {strings.stop}
      </button>
    </div>
  );
}
