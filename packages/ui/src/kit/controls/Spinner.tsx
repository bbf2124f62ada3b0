import { ProgressBar } from 'react-aria-components';
import css from './Spinner.module.css';

/** Work of unknown length, announced under its label. */
export function Spinner({ label }: { label: string }) {
  return (
    <ProgressBar isIndeterminate aria-label={label} className={css.spinner ?? ''}>
      <span className={css.ring} />
    </ProgressBar>
  );
}
