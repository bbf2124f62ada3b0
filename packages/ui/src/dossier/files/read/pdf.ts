import { secretsIn } from '@liasse/core';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Read where this runs, in a worker or inside a page: pdf.js then starts no worker of its own.
// @ts-expect-error: the package declares no types for this file, which is only handed on.
import * as pdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { BlockList } from './blockList.ts';
import { readingOf } from './docx.ts';
import { FileLimits } from './fileLimits.ts';
import { type FileText, fileText } from './fileText.ts';
import { addLines, type PlacedText } from './pdfLines.ts';

/** A field of a PDF’s form, as far as it is read. */
interface PdfField {
  readonly subtype?: string;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  readonly fieldType?: string;
  readonly fieldValue?: unknown;
  readonly password?: boolean;
  readonly hidden?: boolean;
}

/** How a PDF is read. `report` may be called as often as one likes. */
export interface PdfOptions {
  readonly report?: ((progress: { readonly done: number; readonly of: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The text of a PDF and the fields of its form, page by page. Nothing in it runs. */
export async function readPdf(bytes: Uint8Array, { report, signal }: PdfOptions = {}): Promise<FileText> {
  Object.assign(globalThis, { pdfjsWorker: pdfWorker });
  const task = getDocument({
    // It takes the bytes for itself.
    data: bytes.slice(),
    verbosity: 0,
    disableFontFace: true,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    stopAtErrors: false,
    enableXfa: false,
  });
  try {
    const pdf = await task.promise;
    const list = new BlockList();
    const pages = Math.min(pdf.numPages, FileLimits.pages);
    let language: string | null = null;
    for (let number = 1; number <= pages && !list.isFull; number++) {
      signal?.throwIfAborted();
      const page = await pdf.getPage(number);
      const content = await page.getTextContent();
      language ??= content.lang;
      addLines(content.items as readonly PlacedText[], list);
      addFields((await page.getAnnotations()) as readonly PdfField[], list);
      page.cleanup();
      report?.({ done: number, of: pages });
    }
    const { info } = await pdf.getMetadata();
    const isCut = pdf.numPages > pages;
    return fileText({
      reading: isCut ? 'cut' : readingOf(list),
      blocks: list.blocks,
      pages: pdf.numPages,
      title: titleIn(info),
      language,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    const name = error instanceof Error ? error.name : '';
    return fileText({ reading: name === 'PasswordException' ? 'encrypted' : 'broken' });
  } finally {
    await task.destroy();
  }
}

/** Writers put the name of a file there, which its own name says better. */
function titleIn(info: unknown): string | null {
  const title = typeof info === 'object' && info !== null && 'Title' in info ? info.Title : null;
  if (typeof title !== 'string' || /\.\w{2,4}$|^untitled$|^sans titre$|^microsoft word - /i.test(title.trim()))
    return null;
  return title.trim() || null;
}

/** A field’s name and what it holds, as a row. Radio buttons of one group are one field. */
function addFields(annotations: readonly PdfField[], list: BlockList): void {
  const seen = new Set<string>();
  for (const field of annotations) {
    const { fieldName = '', fieldType, fieldValue, password } = field;
    if (field.subtype !== 'Widget' || fieldType === 'Sig' || fieldType === undefined || field.hidden) continue;
    if (password || seen.has(fieldName)) continue;
    seen.add(fieldName);
    const value = allowed(
      [fieldValue]
        .flat()
        .filter((each) => typeof each === 'string')
        .join(', '),
    );
    if (value !== '' && value !== 'Off') list.row([field.alternativeText || fieldName, value]);
  }
}

/** A card number is never kept, and a personal one only where someone ticks it: nobody does here. */
const allowed = (value: string): string => (secretsIn(value).length > 0 ? '•••' : value);
