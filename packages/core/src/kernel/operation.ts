import * as Y from 'yjs';
import type { z } from 'zod';
import { isBlank } from './birth.ts';
import { documentFormat } from './document.ts';
import { leaveLine } from './history.ts';
import type { AccountId } from './ids.ts';
import { assert, Refusal } from './refusal.ts';

/** Who acts, and when by their clock. */
export interface Author {
  readonly by: AccountId;
  /** ms since the Unix epoch. */
  readonly at: number;
}

/** Origin of every transaction an operation makes. Undo follows these; the replica journals whatever is not remote. */
export class OperationOrigin {
  readonly code: string;
  /** How undo takes the operation back, where removing what it wrote would also remove what others wrote inside. */
  readonly takeBack: ((author: Author) => void) | null;

  constructor(code: string, takeBack: ((author: Author) => void) | null = null) {
    this.code = code;
    this.takeBack = takeBack;
  }
}

/** A named change of a document: parse, check, write, once. */
export interface Operation<Input, Result> {
  (doc: Y.Doc, input: Input, author: Author): Result;
  readonly code: string;
}

/**
 * Defines an operation. Its input is parsed; `apply` runs in one transaction; a line of history is left when something
 * changed, with the first input field named `…Id` as its target.
 *
 * @param apply - throws a `Refusal` before its first write: Yjs does not roll back, and a refusal after a write is a bug
 * @param options - `keepLines`: how many lines of history the document keeps; `takeBack`: how undo takes the operation
 *   back, for one that makes a record in which others may write (it goes to the trash); without it undo removes what was
 *   written, and puts back what was replaced
 */
export function defineOperation<S extends z.ZodObject, Result = void>(
  code: string,
  schema: S,
  apply: (doc: Y.Doc, input: z.output<S>, author: Author) => Result,
  options: { keepLines?: number; takeBack?: (doc: Y.Doc, input: z.output<S>, author: Author) => void } = {},
): Operation<z.input<S>, Result> {
  const { takeBack } = options;
  const targetKey = Object.keys(schema.shape).find((key) => key.endsWith('Id'));

  const operation = (doc: Y.Doc, input: z.input<S>, author: Author): Result => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Refusal('invalid-input', {
        operation: code,
        at: issue?.path.join('.') ?? '',
        why: issue?.message ?? '',
      });
    }
    const format = documentFormat(doc);
    if (!format.writable) throw new Refusal('newer-document', { operation: code, asks: format.asks });

    const { data } = parsed;
    const origin = new OperationOrigin(code, takeBack ? (undoer) => takeBack(doc, data, undoer) : null);
    return doc.transact((transaction) => {
      const result = attempt(transaction, code, () => apply(doc, data, author));
      if (transaction.changed.size > 0) {
        const target = targetKey === undefined ? null : data[targetKey];
        leaveLine(doc, { ...author, code, target: typeof target === 'string' ? target : null }, options.keepLines);
      }
      return result;
    }, origin);
  };
  return Object.assign(operation, { code });
}

function attempt<T>(transaction: Y.Transaction, code: string, apply: () => T): T {
  try {
    return apply();
  } catch (error) {
    assert(
      !(error instanceof Refusal) || transaction.changed.size === 0,
      `${code} refused (${String((error as Refusal).code)}) after it had written`,
    );
    throw error;
  }
}

/** The record under `id`, or a refusal. */
export function recordOf(records: Y.Map<unknown>, id: string): Y.Map<unknown> {
  const record = records.get(id);
  if (!(record instanceof Y.Map) || isBlank(record)) throw new Refusal('not-found', { id });
  return record;
}

/** Creates a record with its fields under a fresh id, or refuses when the id is taken. */
export function createRecord(
  records: Y.Map<unknown>,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Y.Map<unknown> {
  if (records.has(id)) throw new Refusal('already-exists', { id });
  const record = new Y.Map<unknown>();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) record.set(key, value);
  records.set(id, record);
  return record;
}

/** Sets a field only when it differs: an operation without effect leaves no update and no line of history. */
export function setField(record: Y.Map<unknown>, key: string, value: unknown): void {
  const old = record.get(key);
  if (value === undefined) {
    if (record.has(key)) record.delete(key);
  } else if (JSON.stringify(old) !== JSON.stringify(value)) {
    record.set(key, value);
  }
}
