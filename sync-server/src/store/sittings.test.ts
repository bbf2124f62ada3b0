import type { AccountId } from '@liasse/core/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Version } from './roomStore.ts';
import { planVersions, SITTING_SILENCE_MS, thinned } from './sittings.ts';

type Row = Omit<Entry, 'update'>;
const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
const row = (seq: number, who: string, minutes: number): Row => ({
  seq,
  account: `account-${who}` as AccountId,
  session: `session-${who}`,
  at: minutes * MINUTE_MS,
});
const brief = ({ added, superseded }: ReturnType<typeof planVersions>) => ({
  added: added.map(({ seq, accounts, open }) => [seq, accounts.join(), open.map(({ account }) => account).join()]),
  superseded,
});

describe('versions of sittings', () => {
  test('[S163] a sitting ends by half an hour of silence, and leaves one version', () => {
    const rows = [row(1, 'a', 0), row(2, 'a', 29), row(3, 'a', 60), row(4, 'b', 70), row(5, 'a', 80)];
    expect(brief(planVersions(rows, { before: null, now: 200 * MINUTE_MS }))).toEqual({
      added: [
        [2, 'account-a', ''],
        [4, 'account-a,account-b', ''],
        [5, 'account-a', ''],
      ],
      superseded: null,
    });
  });

  test('[S163] two sign-ins of one person are two sittings', () => {
    const other = { ...row(2, 'a', 1), session: 'another' };
    expect(planVersions([row(1, 'a', 0), other], { before: null, now: 90 * MINUTE_MS }).added).toHaveLength(2);
  });

  test('[S163] a version of a sitting that goes on gives its place to the next, with its authors', () => {
    const first = planVersions([row(1, 'a', 0), row(2, 'b', 1)], { before: null, now: 2 * MINUTE_MS });
    expect(brief(first)).toEqual({ added: [[2, 'account-a,account-b', 'account-a,account-b']], superseded: null });
    const before = first.added[0] as Version;
    const both = planVersions([row(3, 'a', 3), row(4, 'b', 4)], { before, now: 90 * MINUTE_MS });
    expect(both.superseded).toBe(2);
    const one = planVersions([row(3, 'c', 50)], { before, now: 90 * MINUTE_MS });
    expect(brief(one)).toEqual({ added: [[3, 'account-c', '']], superseded: null });
  });

  const history = fc.array(
    fc.record({ who: fc.constantFrom('a', 'b', 'c'), gap: fc.constantFrom(0, 1, 10, 29, 31, 500) }),
    { minLength: 1, maxLength: 40 },
  );

  test('[S163] however the rows are cut, each sitting has a version at its end or within its half hour, and so has the last row', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat({ max: 40 })), (steps, cuts) => {
        let minutes = 0;
        const rows = steps.map(({ who, gap }, index) => {
          minutes += gap;
          return row(index + 1, who, minutes);
        });
        const ends = new Set<number>([rows.length]);
        rows.forEach(({ seq, account, at }) => {
          const next = rows.find((other) => other.seq > seq && other.account === account);
          if (!next || next.at - at > SITTING_SILENCE_MS) ends.add(seq);
        });
        let kept: Version[] = [];
        const stops = [...new Set([...cuts.map((cut) => (cut % rows.length) + 1), rows.length])].sort((a, b) => a - b);
        let from = 0;
        for (const stop of stops) {
          const part = rows.slice(from, stop);
          const now = stop === rows.length ? (part.at(-1)?.at ?? 0) + 2 * SITTING_SILENCE_MS : (part.at(-1)?.at ?? 0);
          const { added, superseded } = planVersions(part, { before: kept.at(-1) ?? null, now });
          kept = [...kept.filter(({ seq }) => seq !== superseded), ...added];
          from = stop;
        }
        const seqs = kept.map(({ seq }) => seq);
        // Of a sitting that might have gone on when its rows were folded, the version of that moment.
        const atOf = (seq: number) => rows[seq - 1]?.at ?? 0;
        const covers = (end: number) => (seq: number) =>
          seq === end || (seq > end && stops.includes(seq) && atOf(seq) - atOf(end) <= SITTING_SILENCE_MS);
        for (const end of ends) expect(seqs.some(covers(end))).toBe(true);
        for (const seq of seqs) expect(ends.has(seq) || stops.includes(seq)).toBe(true);
        expect(new Set(kept.flatMap(({ accounts }) => accounts))).toEqual(new Set(rows.map(({ account }) => account)));
      }),
    );
  });
});

describe('versions as they grow old', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');

  test('[S163] all for thirty days, then one a day for a year, then one a month', () => {
    const at = (daysAgo: number, hours = 0) => now - daysAgo * DAY_MS + hours * 60 * MINUTE_MS;
    const ages = [at(500), at(495), at(430), at(100), at(100, 2), at(40), at(20), at(20, 1), at(0)];
    const versions = ages.map((moment, index) => ({ seq: index + 1, at: moment }));
    expect(thinned(versions, now)).toEqual([1, 4]);
  });

  test('[S163] the newest is never given up, and thinning again gives up nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 900 * DAY_MS }), { minLength: 1, maxLength: 60 }), (ages) => {
        const versions = ages.sort((a, b) => b - a).map((age, index) => ({ seq: index + 1, at: now - age }));
        const gone = thinned(versions, now);
        const left = versions.filter(({ seq }) => !gone.includes(seq));
        expect(left.at(-1)).toEqual(versions.at(-1));
        expect(thinned(left, now)).toEqual([]);
        const years = left
          .filter(({ at }) => now - at > 365 * DAY_MS)
          .map(({ at }) => new Date(at).toISOString().slice(0, 7));
        const newest = left.at(-1)?.at ?? 0;
        if (now - newest <= 365 * DAY_MS) expect(new Set(years).size).toBe(years.length);
      }),
    );
  });
});
