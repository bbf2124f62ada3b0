import type { LegalKind, LegalReference } from '@liasse/core';
import { bodyOf, foldedText, query } from '../dom.ts';
import { type LegalAdapter, part } from './adapter.ts';
import { writtenDay } from './dates.ts';

const HEAD_CHARACTERS = 6_000;

/** service-public.fr: a fiche has a number (`F1234`), and says on which day it was last verified. */
export const servicePublic: LegalAdapter = {
  knows: ({ url }) => /(?:^|\.)service-public\.(?:gouv\.)?fr$/.test(url.hostname),

  read({ document, url }): LegalReference {
    const number = /\/([FRN]\d{1,6})(?:[/?#]|$)/.exec(url.pathname)?.[1];
    if (number === undefined) return {};
    const root = query(document, 'main, #main') ?? bodyOf(document);
    const head = root === null ? '' : foldedText(root, HEAD_CHARACTERS);
    const verified = /Vérifié le ([^.;]{8,30})/i.exec(head)?.[1];
    return {
      ...part<'kind', LegalKind>('kind', 'other', 'url'),
      ...part('number', number, 'url'),
      ...part('version', verified === undefined ? null : writtenDay(verified), 'text'),
    };
  },
};
