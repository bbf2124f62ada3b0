import { describe, expect, test } from 'vitest';
import { seededRandomness } from '../testing/index.ts';
import { AccountId, BlobHash, CardId, newId } from './ids.ts';

describe('ids', () => {
  test('[K1] an id is 24 characters of the alphabet, each worth five bits', () => {
    const random = seededRandomness(1);
    const ids = Array.from({ length: 2000 }, () => newId<CardId>(random));
    for (const id of ids) expect(CardId.safeParse(id).success).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.join('')).size).toBe(32);
  });

  test.each(['', 'short', 'I'.repeat(24), 'l'.repeat(24), '../../../etc/passwd/aaaa', `${'a'.repeat(24)}\n`])(
    '[K1] %j is no id',
    (text) => expect(CardId.safeParse(text).success).toBe(false),
  );

  test('[K1] an account id is what a server makes, and nothing that could be a path', () => {
    expect(AccountId.safeParse('pV3kq_Zt-1234567').success).toBe(true);
    expect(AccountId.safeParse('../secret').success).toBe(false);
  });

  test('[K1] a blob is named by 64 hexadecimal digits in lower case', () => {
    expect(BlobHash.safeParse('0f'.repeat(32)).success).toBe(true);
    expect(BlobHash.safeParse('0F'.repeat(32)).success).toBe(false);
  });
});
