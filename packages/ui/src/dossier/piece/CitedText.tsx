import { citationsIn } from '@liasse/core';
import { Fragment, type MouseEvent, type ReactNode, useMemo } from 'react';
import { usePlatform } from '../../app/context.tsx';
import css from './piece.module.css';

interface CitedTextProps {
  readonly text: string;
  /** Draws the characters from `start` to `end`. */
  readonly words: (start: number, end: number) => ReactNode;
}

/** A text whose citations of legal texts lead to them, where their address is certain. It reads the same with links as without. */
export function CitedText({ text, words }: CitedTextProps) {
  const linked = useMemo(() => citationsIn(text).filter(({ link }) => link !== null), [text]);
  if (linked.length === 0) return words(0, text.length);
  let at = 0;
  const parts = linked.map(({ start, end, link }) => {
    const before = words(at, start);
    at = end;
    return (
      <Fragment key={start}>
        {before}
        <Cited address={link ?? ''}>{words(start, end)}</Cited>
      </Fragment>
    );
  });
  return (
    <>
      {parts}
      {words(at, text.length)}
    </>
  );
}

function Cited({ address, children }: { readonly address: string; readonly children: ReactNode }) {
  const { openAddress } = usePlatform();
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    openAddress(address);
  };
  return (
    <a href={address} rel="noreferrer noopener" className={css.cited} onClick={follow} onAuxClick={follow}>
      {children}
    </a>
  );
}
