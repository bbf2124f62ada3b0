import { z } from 'zod';

/** Where “now” comes from. An argument everywhere: wrong clocks are simulated, never awaited. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** A civil date `YYYY-MM-DD`, read in Europe/Paris. Dates that do not exist are refused. */
export const Day = z.iso.date().brand<'Day'>();
export type Day = z.infer<typeof Day>;

const PARIS_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The civil date in Europe/Paris at an instant (ms since the Unix epoch). */
export function dayAt(at: number): Day {
  return PARIS_DAY.format(at) as Day;
}

/** Whole days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
