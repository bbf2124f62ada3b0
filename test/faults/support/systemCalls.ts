import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What `strace` is to write down, and how: all bytes, in hexadecimal, and the file behind each number. */
export const straced = (output: string): readonly string[] => [
  'strace',
  ...['-f', '-y', '-xx', '-s', '2000000', '-o', output],
  ...['-e', 'trace=pwrite64,fdatasync,fsync,ftruncate,write,writev', '-e', 'signal=none'],
];

/** A system call as it began or ended, in the order in which the kernel had them. */
export interface Call {
  readonly at: 'start' | 'end';
  readonly id: number;
  readonly name: string;
  /** Path or kind of socket behind its first argument. */
  readonly target: string;
  readonly bytes: Buffer;
  /** Place in the file, of a `pwrite64`; new length, of an `ftruncate`. */
  readonly offset: number;
  /** False at the end of one that failed. */
  readonly ok: boolean;
}

/** Reads what `strace` wrote. A call that nothing came between is one line: it starts and ends there. */
export async function* callsIn(output: string): AsyncGenerator<Call> {
  const open = new Map<string, Call>();
  let lastId = 0;
  for await (const line of createInterface({ input: createReadStream(output) })) {
    const resumed = /^(\d+)\s+<\.\.\. (\w+) resumed>.*= (-?\d+)/.exec(line);
    if (resumed) {
      const [, thread = '', , result] = resumed;
      const started = open.get(thread);
      open.delete(thread);
      if (started) yield { ...started, at: 'end', ok: Number(result) >= 0 };
      continue;
    }
    const begun = /^(\d+)\s+(\w+)\(\d+<((?:[^<>]|<[^>]*>|->)*?)>(?=[,) ])/.exec(line);
    if (!begun) continue;
    const [all, thread = '', name = '', target = ''] = begun;
    const rest = line.slice(all.length);
    lastId += 1;
    const place = name === 'pwrite64' ? /, \d+, (\d+)(?:\)| <unfinished)/ : /, (\d+)(?:\)| <unfinished)/;
    const call: Call = {
      at: 'start',
      id: lastId,
      name,
      target: unhex(target),
      bytes: bytesIn(rest),
      offset: Number(place.exec(rest)?.[1] ?? 0),
      ok: true,
    };
    yield call;
    if (rest.endsWith('<unfinished ...>')) open.set(thread, call);
    else yield { ...call, at: 'end', ok: !/= -1 /.test(rest) };
  }
}

function bytesIn(text: string): Buffer {
  const strings = [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll('\\x', ''), 'hex'),
  );
  return Buffer.concat(strings);
}

const unhex = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The messages that a server writes on a WebSocket, when a write begins with a frame. */
export function messagesIn(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && bytes[at] === 0x82) {
    let length = bytes[at + 1] ?? 0;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    messages.push(bytes.subarray(at, at + length));
    at += length;
  }
  return messages;
}
