import { type Language, useLanguage } from '../kit/index.ts';

function timeText(time: string, language: Language): string {
  const [hours = '', minutes = ''] = time.split(':');
  return language === 'fr' ? `${Number(hours)}\u00a0h\u00a0${minutes}` : `${Number(hours)}:${minutes}`;
}

/** Writes a time of day `HH:MM` as people do, in the language on screen: *9 h 05*, `9:05` in English. */
export function useTimeText(): (time: string) => string {
  const language = useLanguage();
  return (time) => timeText(time, language);
}
