import type { LegalReference } from '@liasse/core';
import { attribute, query, queryAll, titleOf } from '../dom.ts';
import { type LegalAdapter, type LegalSource, part } from './adapter.ts';
import { celexParts, isCelex } from './celex.ts';
import { compactDay, isoDay, writtenDay } from './dates.ts';

/** EUR-Lex: its `WT.z_*` metadata, ELI in RDFa, the CELEX number in the address. */
export const eurlex: LegalAdapter = {
  knows: ({ document, url }) =>
    url.hostname === 'eur-lex.europa.eu' ||
    query(document, 'meta[name="WT.z_docID"]') !== null ||
    /^CELEX:/i.test(dublinIdentifier(document) ?? ''),

  read({ document, url }): LegalReference {
    const celex = readCelex({ document, url });
    const eli = eliOf({ document, url });
    const known = celex.celex === undefined ? eliParts(eli.eli?.value ?? '') : celexParts(celex.celex.value);
    const from = celex.celex?.from ?? eli.eli?.from ?? 'url';
    const dated = isoDay(rdfa(document, 'eli:date_document'));
    return {
      ...part('kind', known.kind, from),
      ...part('number', known.number, from),
      ...celex,
      ...eli,
      ...(dated !== null ? part('date', dated, 'rdfa') : dateInTitle(document)),
      ...versionOf(celex, eli),
    };
  },
};

/** A consolidated version bears its day, in its CELEX number or in its ELI. */
function versionOf(
  { celex }: Pick<LegalReference, 'celex'>,
  { eli }: Pick<LegalReference, 'eli'>,
): Pick<LegalReference, 'version'> {
  const inCelex = compactDay(/^0\d{4}[A-Z]{1,2}\d{4}-(\d{8})$/.exec(celex?.value ?? '')?.[1] ?? null);
  if (celex !== undefined && inCelex !== null) return part('version', inCelex, celex.from);
  const inEli = isoDay(/\/(\d{4}-\d{2}-\d{2})(?:\/[a-z]{3})?$/.exec(eli?.value ?? '')?.[1] ?? null);
  return eli === undefined ? {} : part('version', inEli, eli.from);
}

const ELI_LETTERS: Readonly<Record<string, string>> = { reg: 'R', dir: 'L', dec: 'D' };

/** What an ELI says of the act it names: the same as its CELEX number would. */
function eliParts(eli: string): ReturnType<typeof celexParts> {
  const [, type = '', year, number = ''] =
    /\/eli\/(reg|dir|dec)(?:_impl|_del)?\/(\d{4})\/(\d{1,4})(?:\/|$)/.exec(eli) ?? [];
  return celexParts(`3${year}${ELI_LETTERS[type]}${number.padStart(4, '0')}`);
}

function readCelex({ document, url }: LegalSource): Pick<LegalReference, 'celex'> {
  const uri = [...url.searchParams].find(([key]) => key.toLowerCase() === 'uri')?.[1] ?? '';
  const inUrl = /^CELEX:([^:]+)/i.exec(uri)?.[1]?.toUpperCase() ?? '';
  if (isCelex(inUrl)) return part('celex', inUrl, 'url');
  const webTrends = query(document, 'meta[name="WT.z_docID"]');
  const inMeta = (webTrends === null ? '' : (attribute(webTrends, 'content') ?? '')).trim().toUpperCase();
  if (isCelex(inMeta)) return part('celex', inMeta, 'meta');
  const local = (rdfa(document, 'eli:id_local') ?? '').trim().toUpperCase();
  if (isCelex(local)) return part('celex', local, 'rdfa');
  const dublin = /CELEX:([^:]+)/i.exec(dublinIdentifier(document) ?? '')?.[1]?.toUpperCase() ?? '';
  if (isCelex(dublin)) return part('celex', dublin, 'meta');
  return {};
}

function eliOf({ document, url }: LegalSource): Pick<LegalReference, 'eli'> {
  const resource = queryAll(document, '[typeof~="eli:LegalResource"]')
    .map((element) => attribute(element, 'about') ?? attribute(element, 'resource') ?? '')
    .find((address) => /^https?:\/\/data\.europa\.eu\/eli\//.test(address));
  if (resource !== undefined) return part('eli', resource, 'rdfa');
  const path = /^\/eli\/[a-z_]+\/\d{4}\/\d+(?:\/\d{4}-\d{2}-\d{2}|\/oj)?(?=\/|$)/.exec(url.pathname)?.[0];
  return part('eli', path === undefined ? null : `http://data.europa.eu${path}`, 'url');
}

function dateInTitle(document: Document): Pick<LegalReference, 'date'> {
  const title = rdfa(document, 'eli:title');
  if (title !== null) return part('date', writtenDay(title), 'rdfa');
  return part('date', writtenDay(titleOf(document)), 'title');
}

function rdfa(document: Document, property: string): string | null {
  const element = query(document, `[property="${property}"]`);
  return element === null ? null : attribute(element, 'content');
}

function dublinIdentifier(document: Document): string | null {
  const meta = query(document, 'meta[name="DC.identifier" i]');
  const content = meta === null ? null : attribute(meta, 'content');
  return /CELEX:[^&"]*/i.exec(content ?? '')?.[0] ?? null;
}
