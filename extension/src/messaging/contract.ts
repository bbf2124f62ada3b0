import type { Answer } from '@liasse/core';
import * as z from 'zod/mini';

// zod/mini, and no value of @liasse/core: the popup loads this file, and opens in an instant.

const Id = z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{24}$/));
const JobId = z.uuid();
const Text = z.string().check(z.maxLength(2000));
/** The page's own words, as they were read in it: `fitDraft` judges them, part by part. */
const Foreign = z.unknown();

/** The tab to take, as the browser described it when the person saw the popup. */
const ClipTab = z.strictObject({
  id: z.int(),
  url: z.string().check(z.minLength(1), z.maxLength(8192)),
  /** Of the document that was looked at: another one in the same tab is not what the person meant. */
  documentId: z.nullable(z.string()),
});

const Origins = z.array(z.string().check(z.maxLength(300))).check(z.maxLength(20));

/** Something that could not be kept. */
const MissingLine = z.object({ kind: z.string(), origin: z.nullable(z.string()), count: z.int() });

/** A piece that the page in front was clipped into before. `version`: from 1, within its dossier. */
const KnownPiece = z.object({
  dossier: z.object({ id: Id, title: z.string() }),
  pieceId: Id,
  title: z.string(),
  capturedAt: z.number(),
  version: z.int(),
});
export type KnownPiece = z.infer<typeof KnownPiece>;

/** A piece with a form of the site in front. */
const KnownForm = z.object({
  dossier: z.object({ id: Id, title: z.string() }),
  pieceId: Id,
  title: z.string(),
  capturedAt: z.number(),
  isTemplate: z.boolean(),
});
export type KnownForm = z.infer<typeof KnownForm>;

/** A value as people read it. */
const ShownValue = z.nullable(z.union([z.string(), z.boolean()]));

/** A field of a form in the page, by its place and the name that was shown. */
const TickedField = z.strictObject({
  key: z.string().check(z.regex(/^[a-z0-9.-]{1,40}$/)),
  name: z.string().check(z.maxLength(500)),
});

export type TickedField = z.infer<typeof TickedField>;

/** A capture that is safe on this device. */
const Clipped = z.object({
  team: Id,
  pieceId: Id,
  dossier: z.object({ id: Id, title: z.string() }),
  /** SHA-256 of the page's copy; null when only the address was kept. */
  snapshot: z.nullable(z.string()),
  /** `page`: what was asked for. `address`: a bookmark, because the page could not be taken, or was gone. */
  kept: z.enum(['page', 'address']),
  missing: z.array(MissingLine),
  /** Of a form that was taken; `dropped`: names of the fields whose values were not. */
  form: z._default(z.nullable(z.object({ kept: z.int(), dropped: z.array(z.string()) })), null),
});
export type Clipped = z.infer<typeof Clipped>;

/**
 * Every message between the contexts of the extension: what is asked, and what is answered when it is granted. All are
 * asked of the worker, by pages of the extension. What is injected into pages sends nothing: its result comes back through
 * `executeScript`.
 */
export const contract = {
  /** Takes a page into a dossier. Answers once the piece is durable on this device. */
  'clip.start': {
    request: z.strictObject({
      /** Made by who asks, who can then ask again: one job makes one piece, however often it is asked for. */
      jobId: JobId,
      tab: ClipTab,
      /** `address` keeps a bookmark and touches nothing of the page. `file`: the file that the tab shows, or that `link` leads to. */
      take: z.enum(['page', 'selection', 'form', 'file', 'visible', 'full-page', 'address']),
      /** Of a page in a private window: `keep` once the person said so for this page. */
      fromPrivate: z._default(z.enum(['refuse', 'keep']), 'refuse'),
      /** With `take: 'form'`. `stepOf`: the piece that it is the next step of; `ticked`: fields whose personal number is to be kept. */
      form: z.optional(
        z.strictObject({ stepOf: z.nullable(Id), ticked: z.array(TickedField).check(z.maxLength(1000)) }),
      ),
      /** With `take: 'file'`: where it is fetched from, when it is not what the tab shows. */
      link: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(8192)))),
      /** A piece that this page is a later version of. */
      versionOf: z.nullable(Id),
      title: Text,
      facts: Foreign,
      /** Null: the team on screen, or the first one of a device that nobody has used yet. */
      team: z.nullable(Id),
      dossier: z.union([
        /** `title`: as the list shows it; empty where it is not at hand. */
        z.strictObject({ id: Id, title: Text }),
        z.strictObject({ create: Text.check(z.trim(), z.minLength(1)) }),
      ]),
    }),
    granted: Clipped,
  },
  /** Waits for a job that was started: the worker may have been stopped since. `not-found`: it never began. */
  'clip.wait': { request: z.strictObject({ jobId: JobId }), granted: Clipped },
  /** How far a job is; `progress` is null once it is no longer under way. `of` is 0 until it is known. */
  'clip.progress': {
    request: z.strictObject({ jobId: JobId }),
    granted: z.object({ progress: z.nullable(z.object({ done: z.int(), of: z.int() })) }),
  },
  /** Stops a job. Where its piece was already added, it is put in the trash. */
  'clip.cancel': { request: z.strictObject({ jobId: JobId }), granted: z.object({}) },
  /** Puts the piece of a job in the trash. */
  'clip.undo': { request: z.strictObject({ jobId: JobId }), granted: z.object({}) },
  /** Which sites could be asked for what is missing from a piece, and which of them the extension may reach anyway. */
  'complete.offer': {
    request: z.strictObject({ team: z.nullable(Id), pieceId: Id }),
    granted: z.object({ origins: Origins, held: Origins }),
  },
  /** Notes what the person is being asked: who asks may be closed before they answer. */
  'complete.ask': {
    request: z.strictObject({ team: z.nullable(Id), pieceId: Id, origins: Origins, held: Origins }),
    granted: z.object({}),
  },
  /** Fetches what was asked. Answers once the completed piece is durable. `page-not-granted`: the answer was no. */
  'complete.start': {
    request: z.strictObject({ team: z.nullable(Id), pieceId: Id }),
    granted: z.object({ found: z.int(), left: z.int(), framesLeft: z.int() }),
  },
  /** Which pieces this device knows to be copies of a page, the latest version in each dossier. */
  'pages.known': {
    request: z.strictObject({ team: z.nullable(Id), url: z.string().check(z.maxLength(8192)), facts: Foreign }),
    granted: z.object({ pieces: z.array(KnownPiece).check(z.maxLength(20)) }),
  },
  /** What would be kept of the form in front, and what would not: names and counts, never a value. */
  'forms.look': {
    request: z.strictObject({ tab: ClipTab }),
    granted: z.object({
      kept: z.int(),
      /** Personal numbers, kept only where they are ticked. */
      masked: z.array(TickedField),
      dropped: z.array(z.string()),
      framesAway: z.int(),
    }),
  },
  /** Which pieces hold a form of the site in front, templates first. */
  'forms.known': {
    request: z.strictObject({ team: z.nullable(Id), url: z.string().check(z.maxLength(8192)) }),
    granted: z.object({ forms: z.array(KnownForm).check(z.maxLength(20)) }),
  },
  /** What filling the form in front from a piece would write. `replace`: over what stands there. Nothing is touched. */
  'forms.plan': {
    request: z.strictObject({ tab: ClipTab, team: z.nullable(Id), dossierId: Id, pieceId: Id }),
    granted: z.object({
      lines: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          does: z.enum(['fill', 'replace', 'same', 'missing', 'denied', 'blocked']),
          now: ShownValue,
          next: ShownValue,
        }),
      ),
    }),
  },
  /** Fills the fields that were ticked, by the ids of the plan, and submits nothing. */
  'forms.fill': {
    request: z.strictObject({
      tab: ClipTab,
      team: z.nullable(Id),
      dossierId: Id,
      pieceId: Id,
      chosen: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(50_000)),
    }),
    granted: z.object({
      lines: z.array(z.object({ id: z.string(), outcome: z.enum(['filled', 'refused', 'gone', 'denied']) })),
    }),
  },
  /** Reads the team's register again, for the popup's list. */
  'dossiers.refresh': { request: z.strictObject({ team: z.nullable(Id) }), granted: z.object({}) },
} as const;

export type Kind = keyof typeof contract;
export type Request<K extends Kind> = z.infer<(typeof contract)[K]['request']>;
export type Granted<K extends Kind> = z.infer<(typeof contract)[K]['granted']>;

/** How a message travels. The address keeps pages, which hear all messages of the extension, from answering. */
export const Envelope = z.strictObject({ to: z.literal('worker'), kind: z.string(), request: z.unknown() });

const Refused = z.object({
  ok: z.literal(false),
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Reads what came back; an answer of an unknown shape is `bad-message`. */
export function parseAnswer<K extends Kind>(kind: K, answer: unknown): Answer<Granted<K>> {
  const granted = z.object({ ok: z.literal(true), value: contract[kind].granted }).safeParse(answer);
  if (granted.success) return granted.data as Answer<Granted<K>>;
  const refused = Refused.safeParse(answer);
  return refused.success ? (refused.data as Answer<Granted<K>>) : { ok: false, code: 'bad-message', details: { kind } };
}
