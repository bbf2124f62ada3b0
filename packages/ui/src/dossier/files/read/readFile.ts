import { SwollenArchive } from './archive.ts';
import { BlockList } from './blockList.ts';
import { readDocx, readingOf } from './docx.ts';
import { textOf, typeOfContent } from './fileKind.ts';
import { type FileText, fileText } from './fileText.ts';
import { pixelsOf } from './image.ts';
import type { PdfOptions } from './pdf.ts';
import { addPlainText } from './plainText.ts';

/** A file, read. */
export interface ReadFile extends FileText {
  /** What its content shows it to be. */
  readonly type: string;
}

/**
 * Reads a file, whatever it is: without a page, so that it runs in a worker. A reader is loaded when a file needs it. What fails is
 * said in `reading`; only stopping throws.
 *
 * @see SPEC.md P30–P36
 */
export async function readFile(bytes: Uint8Array, options: PdfOptions = {}): Promise<ReadFile> {
  const type = typeOfContent(bytes);
  try {
    return { ...(await readAs(type, bytes, options)), type };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { ...fileText({ reading: error instanceof SwollenArchive ? 'swollen' : 'broken' }), type };
  }
}

async function readAs(type: string, bytes: Uint8Array, options: PdfOptions): Promise<FileText> {
  switch (type) {
    case 'application/pdf':
      return (await import('./pdf.ts')).readPdf(bytes, options);
    case 'application/vnd.openxmlformats-officedocument.wordprocessingml.document':
      return readDocx(bytes);
    case 'application/vnd.oasis.opendocument.text':
      return (await import('./odt.ts')).readOdt(bytes);
    case 'message/rfc822':
      return (await import('./message.ts')).readMessage(bytes);
    case 'text/html':
      // Its text is read from its copy, by whoever has a page.
      return fileText({ reading: 'none', html: htmlOf(bytes) });
    case 'text/plain': {
      const list = new BlockList();
      addPlainText(textOf(bytes) ?? '', list);
      return fileText({ reading: readingOf(list), blocks: list.blocks });
    }
    default:
      if (type.startsWith('image/')) return fileText({ reading: 'none', pixels: pixelsOf(type, bytes) });
      return fileText({ reading: 'unknown' });
  }
}

/** In the encoding that it declares, as browsers look for it. */
function htmlOf(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024));
  const declared = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  if (declared === undefined) return textOf(bytes);
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch {
    return textOf(bytes);
  }
}
