import { describe, expect, test } from 'vitest';
import { Day, dayAt, daysBetween } from './clock.ts';

describe('clock', () => {
  test('[K11] the day changes at midnight in Paris, in winter and in summer', () => {
    expect(dayAt(Date.parse('2026-11-23T22:59:00Z'))).toBe('2026-11-23');
    expect(dayAt(Date.parse('2026-11-23T23:01:00Z'))).toBe('2026-11-24');
    expect(dayAt(Date.parse('2026-07-14T22:01:00Z'))).toBe('2026-07-15');
  });

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '23/11/2026', ''])('[K11] %j is no day', (text) =>
    expect(Day.safeParse(text).success).toBe(false),
  );

  test('[K11] days are counted whole across the change of hour', () => {
    expect(daysBetween('2026-03-28' as Day, '2026-03-30' as Day)).toBe(2);
    expect(daysBetween('2026-10-26' as Day, '2026-10-24' as Day)).toBe(-2);
  });
});
