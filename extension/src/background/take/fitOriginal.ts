import { OriginalFile } from '@liasse/core';
import { z } from 'zod';
import type { JobOriginal } from '../jobStore.ts';
import type { Pulled } from './pull.ts';

const About = OriginalFile.omit({ hash: true, bytes: true });
const Content = z.looseObject({ original: About });

/** The file that came out of a page, judged; null where none did. What the page says of it may be wrong, its bytes are its bytes. */
export function fitOriginal(page: Pulled | null): JobOriginal | null {
  const file = page?.files.find(({ role }) => role === 'original');
  const about = Content.safeParse(page?.content).data?.original;
  return file === undefined || about === undefined ? null : { ...about, bytes: file.bytes };
}
