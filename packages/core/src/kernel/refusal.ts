/** A detail of a refusal: plain data that can cross a context or a wire. */
export type RefusalDetails = Readonly<Record<string, string | number | boolean | null>>;

/** Codes are stable: screens translate them, tests name them, servers of other versions send them. */
export type RefusalCode =
  | 'invalid-input'
  | 'not-found'
  | 'already-exists'
  | 'not-empty'
  | 'newer-document'
  | 'read-only'
  | 'no-space'
  | 'forbidden'
  | 'signed-out'
  | 'offline'
  | 'too-large'
  | 'secret'
  | 'hash-mismatch'
  | 'unsupported-page'
  | 'no-form'
  | 'page-not-granted'
  | 'private-window'
  | 'site-not-allowed'
  | 'server-not-allowed'
  | 'cancelled'
  | 'bad-message'
  | 'expired'
  | 'used'
  | 'conflict'
  | 'not-invited'
  | 'provider-away'
  | 'provider-refused'
  | 'rate-limited';

/** A valid “no”: the request was understood, and nothing was changed. Shown to people as a translated sentence. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(`refused: ${code}`);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** The world failed (network, disk), not the request. */
export class InfraError extends Error {
  readonly retryable: boolean;

  constructor(message: string, options: { cause?: unknown; retryable: boolean }) {
    super(message, { cause: options.cause });
    this.name = 'InfraError';
    this.retryable = options.retryable;
  }
}

/** What an answer looks like when it crosses a context or a wire. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: RefusalCode | 'internal'; readonly details: RefusalDetails };

/** Throws on a bug. Never caught in order to go on. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}
