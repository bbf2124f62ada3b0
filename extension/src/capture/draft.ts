import {
  CaptureDraft,
  Coverage,
  draftTitle,
  LanguageTag,
  LegalReference,
  Missing,
  PageAddress,
  type PieceKind,
  Refusal,
  TextBlock,
  TextBlocks,
  type WorkKey,
  workKeyOf,
} from '@liasse/core';
import { z } from 'zod';

/** What is known of a capture before its draft is judged. `facts` and `content` are the page's word. */
export interface RawCapture {
  readonly kind: PieceKind;
  readonly url: string;
  /** As the person left it in the popup. */
  readonly title: string;
  /** ms. */
  readonly capturedAt: number;
  readonly facts: unknown;
  readonly content: unknown;
}

const Facts = z.object({
  language: LanguageTag.nullable().catch(null),
  canonical: PageAddress.nullable().catch(null),
  legal: z.unknown(),
});

const Content = z.object({
  text: z.array(z.unknown()).catch([]),
  coverage: Coverage.nullable().catch(null),
  missing: z.array(z.unknown()).catch([]),
});

/**
 * Judges what came out of a page, part by part: a part of the wrong shape is left out, and the rest stays.
 *
 * @throws {Refusal} `unsupported-page` when the address is none that could ever be opened again
 */
export function fitDraft({ kind, url, title, capturedAt, facts, content }: RawCapture): CaptureDraft {
  const stated = Facts.safeParse(facts).data ?? { language: null, canonical: null, legal: null };
  const taken = Content.safeParse(content).data ?? { text: [], coverage: null, missing: [] };
  const blocks = taken.text.flatMap((block) => TextBlock.safeParse(block).data ?? []);
  const whole = TextBlocks.safeParse(blocks).success;
  const missing = taken.missing.flatMap((line) => Missing.safeParse(line).data ?? []).slice(0, 199);
  const legal = fitLegal(stated.legal);
  const draft = CaptureDraft.safeParse({
    kind,
    title: draftTitle(title, url),
    url,
    canonical: stated.canonical,
    site: siteOf(url),
    language: stated.language,
    capturedAt,
    legal,
    work: workKeyOf({ url, legal }),
    text: whole ? blocks : [],
    coverage: whole ? taken.coverage : null,
    missing: whole ? missing : [...missing, { kind: 'text', origin: null, count: blocks.length }],
  });
  if (!draft.success) throw new Refusal('unsupported-page', { at: draft.error.issues[0]?.path.join('.') ?? '' });
  return draft.data;
}

/** The key of the work that a page shows, from its address and what it says of itself. */
export function workOf(url: string, facts: unknown): WorkKey | null {
  return workKeyOf({ url, legal: fitLegal(Facts.safeParse(facts).data?.legal) });
}

function siteOf(url: string): string {
  try {
    return new URL(url).host.slice(0, 300);
  } catch {
    return '';
  }
}

/** The parts of a legal reference that are of the right shape; null when none is. */
function fitLegal(legal: unknown): LegalReference | null {
  if (typeof legal !== 'object' || legal === null) return null;
  const parts = Object.entries(legal).filter(
    ([key, value]) => key in LegalReference.shape && LegalReference.safeParse({ [key]: value }).success,
  );
  return parts.length === 0 ? null : (LegalReference.safeParse(Object.fromEntries(parts)).data ?? null);
}
