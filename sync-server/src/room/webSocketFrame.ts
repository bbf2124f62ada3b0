const BINARY = 0x82;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** Messages as a server puts them on a WebSocket (RFC 6455, 5.2), one binary frame each: the same bytes for every client. */
export function webSocketFrames(messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(messages.flatMap((message) => [headerOf(message.length), message]));
}

function headerOf(length: number): Buffer {
  if (length < TWO_BYTES) return Buffer.from([BINARY, length]);
  if (length <= 0xffff) {
    const header = Buffer.from([BINARY, TWO_BYTES, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = BINARY;
  header[1] = EIGHT_BYTES;
  header.writeUIntBE(length, 4, 6);
  return header;
}
