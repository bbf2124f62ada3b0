import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgendaItemId } from '../kernel/ids.ts';
import { testId } from '../testing/index.ts';
import { agendaTimes } from './agendaTimes.ts';
import { MeetingWhen } from './meeting.ts';

const items = (...minutes: number[]) => minutes.map((length, n) => ({ id: testId<AgendaItemId>(n), minutes: length }));
const when = (startTime: string | null, endTime: string | null = null) =>
  MeetingWhen.parse({ day: '2026-11-23', startTime, endTime });

describe('[M6] clock times', () => {
  test('follow from the start and the durations', () => {
    const times = agendaTimes(items(10, 0, 45), when('09:50'));
    expect([...times.byId.values()]).toEqual([
      { startTime: '09:50', endTime: '10:00', lateMinutes: 0 },
      { startTime: '10:00', endTime: '10:00', lateMinutes: 0 },
      { startTime: '10:00', endTime: '10:45', lateMinutes: 0 },
    ]);
    expect(times).toMatchObject({ totalMinutes: 55, endTime: '10:45', lateMinutes: 0 });
  });

  test('are none without a start, and durations still add up', () => {
    for (const none of [null, when(null), when(null, '12:00')]) {
      const times = agendaTimes(items(10, 20), none);
      expect(times).toMatchObject({ totalMinutes: 30, endTime: null, lateMinutes: 0 });
      expect(
        [...times.byId.values()].every(({ startTime, lateMinutes }) => startTime === null && lateMinutes === 0),
      ).toBe(true);
    }
  });

  test('say by how much an item outlasts the meeting, only when its end is known', () => {
    const times = agendaTimes(items(30, 30, 15), when('14:00', '14:50'));
    expect([...times.byId.values()].map(({ lateMinutes }) => lateMinutes)).toEqual([0, 10, 25]);
    expect(times.lateMinutes).toBe(25);
    expect(agendaTimes(items(30, 30, 15), when('14:00')).lateMinutes).toBe(0);
  });

  test('go past midnight', () => {
    expect(agendaTimes(items(30, 45), when('23:15', '00:30'))).toMatchObject({ endTime: '00:30', lateMinutes: 0 });
    expect(agendaTimes(items(30, 46), when('23:15', '00:30'))).toMatchObject({ endTime: '00:31', lateMinutes: 1 });
  });

  test('leave no gap: each item begins when the one before ends, and the last ends with the agenda', () => {
    const length = fc.integer({ min: 0, max: 1440 });
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 20 }), fc.nat(1439), (minutes, start) => {
        const time = `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`;
        const { byId, endTime, totalMinutes } = agendaTimes(items(...minutes), when(time));
        const times = [...byId.values()];
        expect(times[0]?.startTime).toBe(time);
        times.slice(1).forEach((next, before) => {
          expect(next.startTime).toBe(times[before]?.endTime);
        });
        expect(times.at(-1)?.endTime).toBe(endTime);
        expect(totalMinutes).toBe(minutes.reduce((sum, one) => sum + one, 0));
      }),
    );
  });
});
