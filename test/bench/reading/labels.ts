import { foldedText } from '../../../extension/src/capture/dom.ts';

/** What a page's author says of it. `wanted`: null where the page bears no labels. `either`: bylines, dates, tables of contents. */
export interface Labelled {
  readonly wanted: string | null;
  readonly either: string;
}

const MARKS = ['data-wanted', 'data-either', 'data-unwanted'] as const;

/** Reads the labels of the page and takes them off. The innermost label around a text counts. */
export function takeLabels(page: Document): Labelled {
  const selector = MARKS.map((mark) => `[${mark}]`).join();
  const labelled = [...page.querySelectorAll(selector)];
  const textsOf = (mark: (typeof MARKS)[number]) =>
    labelled
      .filter((part) => part.hasAttribute(mark))
      .map((part) => {
        const own = part.cloneNode(true) as Element;
        for (const inner of own.querySelectorAll(selector)) inner.remove();
        return foldedText(own);
      })
      .join(' ');
  const wanted = labelled.length === 0 ? null : textsOf('data-wanted');
  const either = textsOf('data-either');
  for (const part of labelled) for (const mark of MARKS) part.removeAttribute(mark);
  return { wanted, either };
}
