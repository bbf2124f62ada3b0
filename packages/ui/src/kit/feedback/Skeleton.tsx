import type { CSSProperties } from 'react';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './Skeleton.module.css';

interface SkeletonProps {
  /** How many, in the final geometry. */
  count?: number;
  /** The height of each (px); a row's by default. */
  height?: number;
  /** The width of each (px); the whole by default. */
  width?: number;
}

/** Where content will be. Invisible for 200 ms: what loads at once does not blink. */
export function Skeleton({ count = 1, height, width }: SkeletonProps) {
  const t = useStrings(kitStrings);
  const style: CSSProperties = {
    ...(height !== undefined && { height }),
    ...(width !== undefined && { width }),
  };
  return (
    <div role="status" aria-label={t('loading')} className={css.list}>
      {Array.from({ length: count }, (_, at) => at).map((at) => (
        <div key={at} className={css.bone} style={style} />
      ))}
    </div>
  );
}
