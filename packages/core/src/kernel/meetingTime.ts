import { z } from 'zod';
import { Day } from './clock.ts';

/** A time of day `HH:MM`, of 24 hours, in Europe/Paris. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'not a time of day' });

/** When a meeting is held: a civil day, and its time of day if one is set. One fact, one value. */
export const MeetingTime = z.object({ day: Day, startTime: TimeOfDay.nullable() });
export type MeetingTime = z.infer<typeof MeetingTime>;
