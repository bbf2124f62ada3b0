import { type Language, useLanguage } from '../kit/index.ts';

/** A time of day `HH:MM` as people write it: *9 h 05*, `9:05` in English. */
export function timeText(time: string, language: Language): string {
  const [hours = '', minutes = ''] = time.split(':');
  return language === 'fr' ? `${Number(hours)}\u00a0h\u00a0${minutes}` : `${Number(hours)}:${minutes}`;
}

/** `timeText`, following the language. */
export function useTimeText(): (time: string) => string {
  const language = useLanguage();
  return (time) => timeText(time, language);
}
