import { type Day, dayAt } from '@liasse/core';
import type { RoomVersion } from '@liasse/core/protocol';

/** The versions of one day. */
export interface VersionDay {
  readonly day: Day;
  readonly versions: readonly RoomVersion[];
}

/** Newest first, by the civil day in which each sitting ended. */
export function versionDays(versions: readonly RoomVersion[]): readonly VersionDay[] {
  const days: { day: Day; versions: RoomVersion[] }[] = [];
  for (const version of versions.toReversed()) {
    const day = dayAt(version.at);
    const last = days.at(-1);
    if (last?.day === day) last.versions.push(version);
    else days.push({ day, versions: [version] });
  }
  return days;
}
