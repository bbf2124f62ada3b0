import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether this machine has `tesseract` (Debian: tesseract-ocr), which reads the words of an image. */
export const canReadImages = spawnSync('tesseract', ['--version']).status === 0;

/** The words of an image, without the spaces that its reading puts between them. */
export async function readImage(folder: string, image: Buffer): Promise<string> {
  const file = join(folder, `${randomUUID()}.image`);
  writeFileSync(file, image);
  const { stdout } = await promisify(execFile)('tesseract', [file, 'stdout', '--psm', '11'], { maxBuffer: 1 << 28 });
  return stdout.replace(/[ \t]+/gu, '');
}
