import type { AgendaItemId } from '../kernel/ids.ts';
import type { AgendaItem, MeetingWhen } from './meeting.ts';

const MINUTES_A_DAY = 24 * 60;

/** When an item begins and ends by the durations before it. */
export interface ItemTime {
  /** `HH:MM`; null while the meeting has no hour. */
  readonly startTime: string | null;
  readonly endTime: string | null;
  /** Minutes by which it ends after the meeting's end; 0 when it does not, or no end is known. */
  readonly lateMinutes: number;
}

/** The hours of an agenda. Nothing of it is stored: it follows from the order and the durations. */
export interface AgendaTimes {
  readonly byId: ReadonlyMap<AgendaItemId, ItemTime>;
  readonly totalMinutes: number;
  /** `HH:MM` when the last item ends; null while the meeting has no hour. */
  readonly endTime: string | null;
  /** Minutes by which the agenda outlasts the meeting; 0 when it does not, or no end is known. */
  readonly lateMinutes: number;
}

/** @see SPEC.md M6 */
export function agendaTimes(
  items: readonly Pick<AgendaItem, 'id' | 'minutes'>[],
  when: MeetingWhen | null,
): AgendaTimes {
  const start = minutesOf(when?.startTime ?? null);
  const available = availableMinutes(start, minutesOf(when?.endTime ?? null));
  const late = (elapsed: number) => (available === null ? 0 : Math.max(0, elapsed - available));
  const timeAt = (elapsed: number) => (start === null ? null : timeOfDay(start + elapsed));

  const byId = new Map<AgendaItemId, ItemTime>();
  let elapsed = 0;
  for (const { id, minutes } of items) {
    const startTime = timeAt(elapsed);
    elapsed += minutes;
    byId.set(id, { startTime, endTime: timeAt(elapsed), lateMinutes: late(elapsed) });
  }
  return { byId, totalMinutes: elapsed, endTime: timeAt(elapsed), lateMinutes: late(elapsed) };
}

/** A meeting that ends before it begins ends on the next day. */
function availableMinutes(start: number | null, end: number | null): number | null {
  if (start === null || end === null) return null;
  return end >= start ? end - start : end + MINUTES_A_DAY - start;
}

function minutesOf(time: string | null): number | null {
  if (time === null) return null;
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}

function timeOfDay(minutes: number): string {
  const ofDay = minutes % MINUTES_A_DAY;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
