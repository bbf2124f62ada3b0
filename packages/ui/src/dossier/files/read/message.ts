import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { BlockList } from './blockList.ts';
import { readingOf } from './docx.ts';
import { FileLimits } from './fileLimits.ts';
import { type FileText, fileText } from './fileText.ts';
import { addPlainText } from './plainText.ts';

/** The text of a message: who wrote to whom, when and about what, then what was written, then what is attached to it. */
export async function readMessage(bytes: Uint8Array): Promise<FileText> {
  const message = await PostalMime.parse(bytes, { maxNestingDepth: 32, attachmentEncoding: 'arraybuffer' });
  const list = new BlockList();
  const line = (name: string, value: string | undefined) => {
    if (value !== undefined && value.trim() !== '') list.row([name, value]);
  };
  line('De', message.from && addressesOf([message.from]));
  line('À', addressesOf(message.to ?? []));
  line('Cc', addressesOf(message.cc ?? []));
  line('Date', message.date);
  line('Objet', message.subject);
  const attached = message.attachments.filter(isAttached).slice(0, FileLimits.attachments);
  for (const each of attached) line('Pièce jointe', `${each.filename ?? each.mimeType} (${kilobytes(each)} Ko)`);
  addPlainText(message.text ?? '', list);
  return fileText({
    reading: readingOf(list),
    blocks: list.blocks,
    title: message.subject?.trim() || null,
    html: message.html === undefined ? null : withOwnImages(message.html, message.attachments),
  });
}

const addressesOf = (addresses: readonly Address[]): string =>
  addresses
    .flatMap((each) => (each.group ? each.group : [each]))
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address || ''))
    .filter((each) => each !== '')
    .join(', ');

/** Images that the message shows in itself are not what people attached to it. */
const isAttached = ({ disposition, related }: Attachment): boolean => disposition === 'attachment' || related !== true;

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);

const kilobytes = (attachment: Attachment): string => Math.ceil(bytesOf(attachment).length / 1024).toString();

/** Drawn by the browser without running anything, unlike a drawing in XML. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp|bmp)$/;

/** A message names the images that it carries by their content id. */
function withOwnImages(html: string, attachments: readonly Attachment[]): string {
  const images = new Map<string, string>();
  for (const each of attachments) {
    const id = each.contentId?.replace(/^<|>$/g, '');
    if (id !== undefined && SHOWN.test(each.mimeType))
      images.set(id, `data:${each.mimeType};base64,${base64(bytesOf(each))}`);
  }
  return html.replace(/cid:([^"'\s)>]+)/gi, (whole, id: string) => images.get(id) ?? whole);
}

function base64(bytes: Uint8Array): string {
  let characters = '';
  for (let at = 0; at < bytes.length; at += 8192) characters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(characters);
}
