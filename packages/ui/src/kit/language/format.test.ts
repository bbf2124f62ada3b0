import type { Day } from '@liasse/core';
import { afterEach, describe, expect, test } from 'vitest';
import { formatFor } from './format.ts';
import { setLanguage } from './i18n.ts';

const day = (text: string) => text as Day;
const today = day('2026-11-23');
const fr = formatFor('fr');
const en = formatFor('en');

afterEach(() => setLanguage('fr'));

describe('days', () => {
  test('as people write them', () => {
    expect(fr.day(day('2026-11-23'))).toBe('lun. 23 nov.');
    expect(fr.day(day('2026-12-01'))).toBe('mar. 1er déc.');
    expect(fr.day(day('2026-12-21'))).toBe('lun. 21 déc.');
    expect(fr.day(day('2027-01-04'), today)).toBe('lun. 4 janv. 2027');
    expect(fr.longDay(day('2027-02-01'))).toBe('lundi 1er février 2027');
    expect(en.day(day('2026-11-23'))).toBe('Mon 23 Nov');
    expect(en.longDay(day('2026-12-01'))).toBe('Tuesday 1 December 2026');
  });

  test('a due day says how late it is, and only then', () => {
    expect(fr.relativeDay(day('2026-11-20'), today)).toBe('En retard de 3 jours');
    expect(fr.relativeDay(day('2026-11-22'), today)).toBe('En retard de 1 jour');
    expect(fr.relativeDay(today, today)).toBe('Aujourd’hui');
    expect(fr.relativeDay(day('2026-11-24'), today)).toBe('Demain');
    expect(fr.relativeDay(day('2026-11-26'), today)).toBe('jeu. 26 nov.');
    setLanguage('en');
    expect(en.relativeDay(day('2026-11-20'), today)).toBe('3 days late');
  });

  test('a format speaks its own language, whatever the interface does', () => {
    expect(en.relativeDay(today, today)).toBe('Today');
    setLanguage('en');
    expect(fr.relativeDay(today, today)).toBe('Aujourd’hui');
  });

  test('a near day judges nothing', () => {
    expect(fr.nearDay(day('2026-11-22'), today)).toBe('hier');
    expect(fr.nearDay(today, today)).toBe('aujourd’hui');
    expect(fr.nearDay(day('2026-11-20'), today)).toBe('il y a 3 jours');
    expect(fr.nearDay(day('2026-11-26'), today)).toBe('dans 3 jours');
    expect(fr.nearDay(day('2026-12-26'), today)).toBe('sam. 26 déc.');
  });

  test('hours are those of Paris, in winter and in summer', () => {
    expect(fr.time(Date.UTC(2026, 10, 23, 13, 2))).toBe('14\u00a0h\u00a002');
    expect(fr.time(Date.UTC(2026, 6, 1, 23, 30))).toBe('1\u00a0h\u00a030');
    expect(en.time(Date.UTC(2026, 10, 23, 8, 5))).toBe('09:05');
    expect(fr.time(Date.UTC(2026, 10, 22, 23, 0))).toBe('0\u00a0h\u00a000');
    expect(fr.dayTime(Date.UTC(2026, 6, 1, 23, 30))).toBe('jeu. 2 juil., 1\u00a0h\u00a030');
  });
});

describe('quantities', () => {
  test('durations', () => {
    expect([5, 60, 90, 605].map(fr.duration)).toEqual([
      '5\u00a0min',
      '1\u00a0h',
      '1\u00a0h\u00a030',
      '10\u00a0h\u00a005',
    ]);
  });

  test('bytes and counts', () => {
    expect([0, 999, 1400, 1_400_000, 999_960].map(fr.bytes)).toEqual([
      '0\u00a0o',
      '999\u00a0o',
      '1,4\u00a0ko',
      '1,4\u00a0Mo',
      '1\u00a0Mo',
    ]);
    expect(en.bytes(1_400_000)).toBe('1.4\u00a0MB');
    expect(fr.count(12345)).toBe('12\u202f345');
  });
});
