import * as Y from 'yjs';

/** Client ids of births lie above all those that Yjs draws at random (32 bits), so that none is ever taken for a page's. */
const FIRST_BIRTH_CLIENT = 2 ** 32;

/**
 * The record under a *derived* id (a starting column, a decision's card), born here if it is not there yet.
 *
 * Two devices may create such a record without knowing of each other. With an ordinary nested map the merge would keep one
 * of the two and lose what was written in the other. So the map is born from the same bytes everywhere: written under a
 * client id hashed from the record's id, empty, at clock 0. Its fields are ordinary writes. Until it has one, the record
 * counts as absent for views and operations; undo takes back fields and never a birth, which others share.
 *
 * Call it inside an operation, once its checks are done. The struct is integrated here rather than through `applyUpdate`,
 * which would mark the operation's transaction as remote and could pull waiting edits of others into it.
 *
 * @param nested - fields that are maps of their own, born with the record
 */
export function bornFromFixedUpdate(
  records: Y.Map<unknown>,
  id: string,
  nested: readonly string[] = [],
): Y.Map<unknown> {
  const { doc } = records;
  if (doc === null) throw new Error('bug: a record is born in a document');
  const client = birthClientOf(id);
  if (Y.getState(doc.store, client) === 0) {
    doc.transact((transaction) => {
      const record = bear(transaction, records, id, Y.createID(client, 0));
      nested.forEach((key, index) => {
        bear(transaction, record, key, Y.createID(client, index + 1));
      });
    });
  }
  const record = records.get(id);
  if (!(record instanceof Y.Map)) throw new Error(`bug: ${id} is no record, or was deleted`);
  return record;
}

function bear(transaction: Y.Transaction, parent: Y.Map<unknown>, key: string, id: Y.ID): Y.Map<unknown> {
  const born = new Y.Map<unknown>();
  new Y.Item(id, null, null, null, null, parent, key, new Y.ContentType(born)).integrate(transaction, 0);
  return born;
}

/** Whether a struct is part of a birth: shared by every device that made it, hence nobody's to take back. */
export function isBirth(id: Y.ID): boolean {
  return id.client >= FIRST_BIRTH_CLIENT;
}

/** Whether a record has no field yet: born, but not created, or its creation was undone. */
export function isBlank(record: Y.Map<unknown>): boolean {
  for (const value of record.values()) if (!(value instanceof Y.Map && value.size === 0)) return false;
  return true;
}

/** A client id of 33 to 53 bits for a record's id: FNV-1a twice, from two bases. */
function birthClientOf(id: string): number {
  const low = fnv1a(id, 0x811c9dc5);
  const high = fnv1a(id, 0x9747b28c) & 0x1fffff;
  return Math.max(high, 1) * FIRST_BIRTH_CLIENT + low;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
