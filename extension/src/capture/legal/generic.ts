import type { LegalReference } from '@liasse/core';
import { attribute, charactersOf, firstChildOf, foldedText, nextSiblingOf, query, queryAll, titleOf } from '../dom.ts';
import { type LegalAdapter, part } from './adapter.ts';
import { isoDay } from './dates.ts';
import { readFrenchTitle } from './frenchTitle.ts';

/** Any site: ELI in RDFa or in links, schema.org's `Legislation`, Dublin Core, and what a French title says. */
export const generic: LegalAdapter = {
  knows: () => true,

  read({ document }): LegalReference {
    const stated = { ...dublinCore(document), ...jsonLd(document), ...eli(document) };
    const title = readFrenchTitle(headingOf(document));
    // An order or a decision is also an ordinary word: without a number, a title alone makes no legal text.
    const titled = title.number !== undefined || Object.keys(stated).length > 0 ? title : {};
    return { ...titled, ...stated };
  },
};

function eli(document: Document): LegalReference {
  const content = (property: string) => {
    const element = query(document, `[property="${property}"]`);
    return element === null ? null : (attribute(element, 'content') ?? attribute(element, 'resource'));
  };
  const about = queryAll(document, '[typeof~="eli:LegalResource"], link[rel="alternate"], link[rel="canonical"]')
    .map((element) => attribute(element, 'about') ?? attribute(element, 'resource') ?? attribute(element, 'href') ?? '')
    .find((address) => /^https?:\/\/[^/]+\/eli\//.test(address));
  return {
    ...part('eli', about, 'rdfa'),
    ...part('date', isoDay(content('eli:date_document')), 'rdfa'),
  };
}

function jsonLd(document: Document): LegalReference {
  for (const script of queryAll(document, 'script[type="application/ld+json"]').slice(0, 20)) {
    const legislation = findLegislation(sourceOf(script));
    if (legislation === null) continue;
    const text = (key: string) => (typeof legislation[key] === 'string' ? (legislation[key] as string) : null);
    const identifier = text('legislationIdentifier') ?? '';
    return {
      ...part('number', identifier === '' || identifier.startsWith('http') ? null : identifier.slice(0, 80), 'meta'),
      ...part('eli', /^https?:\/\/[^/]+\/eli\//.test(identifier) ? identifier : null, 'meta'),
      ...part('date', isoDay(text('legislationDate')), 'meta'),
      ...part('version', isoDay(text('legislationDateVersion')), 'meta'),
    };
  }
  return {};
}

function sourceOf(script: Element): string {
  let source = '';
  for (let child = firstChildOf(script); child !== null; child = nextSiblingOf(child)) source += charactersOf(child);
  return source;
}

function findLegislation(source: string): Readonly<Record<string, unknown>> | null {
  if (source.length > 500_000) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch {
    return null;
  }
  const graph = isRecord(parsed) && Array.isArray(parsed['@graph']) ? parsed['@graph'] : [parsed].flat();
  return graph.filter(isRecord).find(({ '@type': type }) => [type].flat().includes('Legislation')) ?? null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function dublinCore(document: Document): LegalReference {
  const type = query(document, 'meta[name="DC.type" i], meta[name="DCTERMS.type" i]');
  if (type === null || !/^(?:legislation|loi|décret|arrêté|circulaire)$/i.test(attribute(type, 'content') ?? ''))
    return {};
  const named = (name: string) => {
    const meta = query(document, `meta[name="DC.${name}" i], meta[name="DCTERMS.${name}" i]`);
    return meta === null ? null : (attribute(meta, 'content')?.trim() ?? null);
  };
  const identifier = named('identifier');
  return {
    ...part('number', identifier === null || /^https?:/.test(identifier) ? null : identifier.slice(0, 80), 'meta'),
    ...part('date', isoDay(named('date')), 'meta'),
  };
}

function headingOf(document: Document): string {
  const heading = query(document, 'main h1, h1');
  const text = heading === null ? '' : foldedText(heading, 1000);
  return text === '' ? titleOf(document) : text;
}
