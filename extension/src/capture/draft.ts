import {
  CaptureDraft,
  draftTitle,
  LanguageTag,
  LegalReference,
  Missing,
  Refusal,
  TextBlock,
  TextBlocks,
  workKeyOf,
} from '@liasse/core';
import { z } from 'zod';

/** What is known of a capture before its draft is judged. `facts` and `content` are the page's word. */
export interface RawCapture {
  readonly url: string;
  /** As the person left it in the popup. */
  readonly title: string;
  /** ms. */
  readonly capturedAt: number;
  readonly facts: unknown;
  readonly content: unknown;
}

/** A draft fit for a dossier, and the page's copy beside it. */
export interface FitDraft {
  readonly draft: CaptureDraft;
  readonly snapshot: string | null;
}

const Facts = z.object({
  language: LanguageTag.nullable().catch(null),
  legal: z.unknown(),
});

const Content = z.object({
  text: z.array(z.unknown()).catch([]),
  snapshot: z.string().nullable().catch(null),
  missing: z.array(z.unknown()).catch([]),
});

/**
 * Judges what came out of a page, part by part: a part of the wrong shape is left out, and the rest stays.
 *
 * @throws {Refusal} `unsupported-page` when the address is none that could ever be opened again
 */
export function fitDraft({ url, title, capturedAt, facts, content }: RawCapture): FitDraft {
  const stated = Facts.safeParse(facts).data ?? { language: null, legal: null };
  const taken = Content.safeParse(content).data ?? { text: [], snapshot: null, missing: [] };
  const blocks = taken.text.flatMap((block) => TextBlock.safeParse(block).data ?? []);
  const whole = TextBlocks.safeParse(blocks).success;
  const missing = taken.missing.flatMap((line) => Missing.safeParse(line).data ?? []).slice(0, 199);
  const legal = fitLegal(stated.legal);
  const draft = CaptureDraft.safeParse({
    title: draftTitle(title, url),
    url,
    site: siteOf(url),
    language: stated.language,
    capturedAt,
    legal,
    work: workKeyOf({ url, legal }),
    text: whole ? blocks : [],
    missing: whole ? missing : [...missing, { kind: 'text', origin: null, count: blocks.length }],
  });
  if (!draft.success) throw new Refusal('unsupported-page', { at: draft.error.issues[0]?.path.join('.') ?? '' });
  return { draft: draft.data, snapshot: taken.snapshot };
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
