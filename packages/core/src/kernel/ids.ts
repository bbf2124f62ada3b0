import { z } from 'zod';

/** Source of random bytes. An argument everywhere, so that tests and simulations are deterministic by seed. */
export interface Randomness {
  /** `length` fresh random bytes. In a browser: `crypto.getRandomValues`. */
  bytes(length: number): Uint8Array;
}

// Crockford's base 32 in lower case: no i, l, o, u, so that an id read aloud over the telephone survives.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 24;
const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{24}$/;

/** Makes a fresh identifier of 24 characters, that is 120 random bits: two devices never need to ask each other. */
export function newId<Id extends string>(random: Randomness): Id {
  let id = '';
  for (const byte of random.bytes(ID_LENGTH)) id += ALPHABET[byte & 31];
  return id as Id;
}

const id = <Brand extends string>(brand: Brand) =>
  z
    .string()
    .regex(ID_PATTERN, { error: `not a ${brand}` })
    .brand<Brand>();

export const TeamId = id('TeamId');
export type TeamId = z.infer<typeof TeamId>;

export const DossierId = id('DossierId');
export type DossierId = z.infer<typeof DossierId>;

export const PieceId = id('PieceId');
export type PieceId = z.infer<typeof PieceId>;

export const FormStepId = id('FormStepId');
export type FormStepId = z.infer<typeof FormStepId>;

export const NoteId = id('NoteId');
export type NoteId = z.infer<typeof NoteId>;

export const HighlightId = id('HighlightId');
export type HighlightId = z.infer<typeof HighlightId>;

export const ColumnId = id('ColumnId');
export type ColumnId = z.infer<typeof ColumnId>;

export const CardId = id('CardId');
export type CardId = z.infer<typeof CardId>;

export const MeetingId = id('MeetingId');
export type MeetingId = z.infer<typeof MeetingId>;

export const AgendaItemId = id('AgendaItemId');
export type AgendaItemId = z.infer<typeof AgendaItemId>;

/** An account of a server, named by that server; or the one person of a device without a server. */
export const AccountId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'not an AccountId' })
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

/** SHA-256 of a blob's bytes, in lower-case hexadecimal: its only name. */
export const BlobHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'not a SHA-256 in hexadecimal' })
  .brand<'BlobHash'>();
export type BlobHash = z.infer<typeof BlobHash>;
