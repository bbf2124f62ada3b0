import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountId, type TeamId } from '../index.ts';
import { testId } from '../testing/index.ts';
import { localNames } from './names.ts';
import { OTHER_ROOM, ROOM } from './testing/world.ts';
import type { Scope } from './types.ts';

const scope: fc.Arbitrary<Scope> = fc.record({
  server: fc.oneof(
    fc.constantFrom('local', 'https://a.example', 'https://a.example:4400', 'https://a/acc-one1/0/x'),
    fc.string(),
  ),
  account: fc.constantFrom('acc-one1', 'acc-one11', 'acc-two2').map((id) => AccountId.parse(id)),
  generation: fc.nat(11),
});

/** The address of one server may begin with all that names a scope of another. */
const nested = (server: string): Scope => ({ server, account: AccountId.parse('acc-one1'), generation: 0 });

const allNames = (of: Scope): string[] => {
  const names = localNames(of);
  return [
    names.database,
    names.channel,
    names.uploadsLock,
    names.journalSentinel,
    names.feedLock,
    ...[testId<TeamId>(1), testId<TeamId>(2)].flatMap((team) => [names.search(team), names.searchLock(team)]),
    ...[ROOM, OTHER_ROOM].flatMap((room) => [
      names.cache(room, 0),
      names.cache(room, 1),
      names.roomLock(room),
      names.draftLock(room),
      names.sentinel(room, 0),
    ]),
  ];
};

test('[P1] two scopes never share a name, nor does one’s names start with the other’s prefix', () => {
  fc.assert(
    fc.property(scope, scope, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      for (const name of allNames(one)) {
        expect(allNames(other)).not.toContain(name);
        expect(name.startsWith(localNames(other).prefix)).toBe(false);
      }
    }),
    { examples: [[nested('https://a/acc-one1/0/x'), nested('https://a')]] },
  );
});

test('[P1] every name says whose it is, and no two things of a scope share one', () => {
  fc.assert(
    fc.property(scope, (one) => {
      const names = allNames(one);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name.startsWith(localNames(one).prefix)).toBe(true);
    }),
  );
});
