import type { LegalKind } from '../legal.ts';
import { type Citation, Scanner } from './citation.ts';
import { codeNamed, codePattern } from './codes.ts';
import { celexOf } from './europeanAct.ts';
import { celexAddress, frenchAddress, legifranceSearch } from './links.ts';
import { takeDate } from './writtenDate.ts';

/** The words that a citation begins with. Each alternative is bounded: the text is passed over once. */
const OPENING = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:` +
    [
      String.raw`(?<article>articles?|art\.)(?=\s)`,
      String.raw`(?<law>lois?(?:\s(?:organiques?|constitutionnelles?))?)(?=\s)`,
      String.raw`(?<ordinance>ordonnances?)(?=\s)`,
      String.raw`(?<decree>d[ée]crets?)(?=\s)`,
      String.raw`(?<order>arr[êe]t[ée]s?(?:\s(?:interminist[ée]riel|minist[ée]riel|pr[ée]fectoral|conjoint)s?)?)(?=\s)`,
      String.raw`(?<circular>circulaires?|instructions?)(?=\s)`,
      String.raw`(?<regulation>r[èe]glements?(?:\s(?:d[ée]l[ée]gu[ée]s?|d['’]ex[ée]cution))?|regulations?)(?=\s)`,
      String.raw`(?<directive>directives?(?:\s(?:d[ée]l[ée]gu[ée]es?|d['’]ex[ée]cution))?)(?=\s)`,
      String.raw`(?<framework>d[ée]cisions?-cadres?|framework\sdecisions?)(?=\s)`,
      String.raw`(?<decision>d[ée]cisions?(?:\s(?:d[ée]l[ée]gu[ée]es?|d['’]ex[ée]cution))?)(?=\s)`,
      String.raw`NOR\s{0,2}:?\s{0,2}(?<nor>[A-Z]{4}\d{7}[A-Z])(?![\p{L}\p{N}])`,
      String.raw`(?:CELEX\s?:?\s?)?(?<celex>3\d{4}[RLDF]\d{4})(?![\p{L}\p{N}])`,
      String.raw`(?<eli>https?://(?:data\.europa\.eu|www\.legifrance\.gouv\.fr)/eli/[\p{L}\p{N}/_-]{3,150})`,
    ].join('|') +
    ')',
  'giu',
);

/**
 * The legal texts that a text cites, French and of the EU, in order and apart from each other. What only looks like a citation (« cette
 * décision », « la loi du marché ») is none.
 */
export function citationsIn(text: string): readonly Citation[] {
  const found: Citation[] = [];
  const scanner = new Scanner(text);
  // A copy: two texts may be read in turns.
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    scanner.at = match.index + match[0].length;
    const citations = read(scanner, match);
    found.push(...citations);
    const last = citations.at(-1);
    opening.lastIndex = Math.max(last?.end ?? 0, match.index + match[0].length);
  }
  return found;
}

function read(scanner: Scanner, match: RegExpExecArray): readonly Citation[] {
  const groups = match.groups ?? {};
  const start = match.index;
  const named = { start, end: scanner.at, date: null, code: null };
  if (groups.nor !== undefined) {
    const number = groups.nor.toUpperCase();
    return [{ ...named, kind: 'other', number, link: legifranceSearch(number) }];
  }
  if (groups.celex !== undefined) {
    const number = groups.celex.toUpperCase();
    return [{ ...named, kind: kindOfCelex(number), number, link: celexAddress(number, 'FR') }];
  }
  if (groups.eli !== undefined) return [{ ...named, kind: 'other', number: groups.eli, link: groups.eli }];
  if (groups.article !== undefined) return articles(scanner, start);
  const word = Object.entries(groups).find(([, value]) => value !== undefined)?.[0] ?? '';
  if (word === 'regulation' || word === 'directive' || word === 'decision' || word === 'framework') {
    return europeanActs(scanner, start, word);
  }
  return frenchTexts(scanner, start, { kind: word as LegalKind, ordinary: !/organique|constitution/i.test(match[0]) });
}

const kindOfCelex = (celex: string): LegalKind =>
  (({ R: 'regulation', L: 'directive' }) as const)[celex.charAt(5) as 'R' | 'L'] ?? 'decision';

const ARTICLE =
  /\s{1,3}((?:(?:L\.?O\.?|[LRDA])\s{0,2}\.?\s{0,2}\*?\s{0,2})?\d{1,5}(?:-\d{1,4}){0,4}(?:\s{0,1}(?:er|bis|ter|quater)(?![\p{L}\p{N}]))?|premier(?!\p{L}))/iuy;
const ANOTHER_ARTICLE = /\s{0,2}(?:,|et|ou|à|to|and)(?=\s)/iuy;
const OF_A_CODE = new RegExp(String.raw`\s{1,3}du\s{1,3}(${codePattern})(?![\p{L}\p{N}])`, 'iuy');

/** « articles L. 212-1 à L. 212-4 du code… »: one citation a number, the last with the code’s name. */
function articles(scanner: Scanner, start: number): readonly Citation[] {
  const spans: { start: number; end: number; number: string }[] = [];
  for (let begin = start; spans.length < 50; ) {
    const match = scanner.take(ARTICLE);
    if (match === null) break;
    const number = (match[1] as string).replace(/\s+/gu, ' ');
    const numberAt = scanner.at - (match[1] as string).length;
    spans.push({ start: spans.length === 0 ? begin : numberAt, end: scanner.at, number });
    begin = scanner.at;
    if (scanner.take(ANOTHER_ARTICLE) === null) break;
  }
  const last = spans.at(-1);
  if (last === undefined) return [];
  scanner.at = last.end;
  const inCode = scanner.take(OF_A_CODE);
  const code = inCode === null ? null : codeNamed(inCode[1] as string);
  if (inCode !== null) last.end = scanner.at;
  return spans.map((span) => ({
    ...span,
    kind: 'article',
    date: null,
    code,
    link: code === null ? null : legifranceSearch(`article ${span.number} ${code}`),
  }));
}

const FRENCH_NUMBER = /\s{1,3}n[°ºo]s?\s{0,2}(\d{2,4}-\d{1,5}(?:-\d{1,4})?)(?![\p{L}\p{N}-])/iuy;
const ANOTHER_TEXT = /\s{0,2}(?:,|et|ou)(?=\s{1,3}n[°ºo])/iuy;

/** « décret n° 2019-341 du 19 avril 2019 », « arrêté du 12 mars 2021 », « lois n° 78-17 du… et n° 2004-801 du… ». */
function frenchTexts(
  scanner: Scanner,
  start: number,
  opening: { kind: LegalKind; ordinary: boolean },
): readonly Citation[] {
  const { kind, ordinary } = opening;
  const found: Citation[] = [];
  for (let begin = start; found.length < 50; ) {
    const number = scanner.take(FRENCH_NUMBER)?.[1] ?? null;
    const date = takeDate(scanner);
    if (number === null && date === null) break;
    found.push({
      start: begin,
      end: scanner.at,
      kind,
      number,
      date,
      code: null,
      link: frenchAddress({ kind, number, date, ordinary }),
    });
    if (scanner.take(ANOTHER_TEXT) === null) break;
    begin = scanner.wordAt;
  }
  return found;
}

const EUROPEAN_NUMBER =
  /\s{1,3}(\((?:UE|CE|CEE|EU|EC|EEC|Euratom|PESC|CFSP)(?:,\s?Euratom)?\)\s{0,2})?(n[°ºo]\s{0,2}|No\s{1,2})?(\d{1,4})\/(\d{1,5})(?:\/(UE|CE|CEE|EU|EC|EEC|JAI|JHA|PESC|CFSP|Euratom))?(?![\p{L}\p{N}/])/iuy;
const ITS_AUTHOR =
  /\s(?:du Parlement européen et du Conseil|de la Commission|du Conseil|of the European Parliament and of the Council|of the Council)/iuy;
const ANOTHER_ACT = /\s{0,2}(?:,|et|ou|and)(?=\s{1,3}(?:\(|n[°ºo]|\d))/iuy;

/** « règlement (UE) 2024/1183 », « règlements (UE) n° 910/2014 et (UE) 2016/679 », “Directive 95/46/EC”. */
function europeanActs(
  scanner: Scanner,
  start: number,
  word: 'regulation' | 'directive' | 'decision' | 'framework',
): readonly Citation[] {
  const kind: LegalKind = word === 'framework' ? 'decision' : word;
  const found: Citation[] = [];
  for (let begin = start; found.length < 50; ) {
    const match = scanner.take(EUROPEAN_NUMBER);
    if (match === null) break;
    const [, union, numero, first = '', second = '', suffix] = match;
    // « décision 12/3 » of a council is not the Union’s.
    if (union === undefined && suffix === undefined) break;
    const names = `${union ?? ''}${suffix ?? ''}`;
    const celex = celexOf({
      kind,
      first,
      second,
      numbered: numero !== undefined,
      framework: word === 'framework',
      community: /CE|EC/i.test(names),
    });
    const number = `${first}/${second}`;
    const end = scanner.at;
    scanner.take(ITS_AUTHOR);
    const date = takeDate(scanner);
    if (date === null) scanner.at = end;
    found.push({
      start: begin,
      end: scanner.at,
      kind,
      number,
      date,
      code: null,
      link: celex === null ? null : celexAddress(celex, /EU|EC|JHA|CFSP/i.test(names) ? 'EN' : 'FR'),
    });
    if (scanner.take(ANOTHER_ACT) === null) break;
    begin = scanner.wordAt;
  }
  return found;
}
