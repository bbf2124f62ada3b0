import { dayAt } from '@liasse/core';
import { useCallback } from 'react';
import { useFormat, useStrings } from '../../kit/index.ts';
import { evidenceStrings } from './evidence.strings.ts';

/** A moment in full, as evidence says it: *mardi 24 novembre 2026 à 14 h 02*. */
export function useMoment(): (at: number) => string {
  const t = useStrings(evidenceStrings);
  const format = useFormat();
  return useCallback((at) => t('moment', { day: format.longDay(dayAt(at)), time: format.time(at) }), [t, format]);
}
