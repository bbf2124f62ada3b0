import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Bundle } from './news.ts';
import { Outbox, type OutSocket } from './outbox.ts';

/** A socket of a server as ours has them, and what its client hears. */
async function pair({ below }: { below: boolean }): Promise<{ outbox: Outbox; heard: number[][]; sent: number[] }> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const opened = new Promise<OutSocket>((resolve) => {
    http.on('upgrade', (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        resolve(below ? Object.assign(socket, { stream }) : socket);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const heard: number[][] = [];
  client.on('message', (data: Buffer) => heard.push([data.length, data[0] ?? 0]));
  onTestFinished(() => {
    client.terminate();
    http.close();
  });
  const sent: number[] = [];
  const options = { highWaterBytes: 1_000_000, now: 0, sent: (bytes: number) => sent.push(bytes) };
  return { outbox: new Outbox(await opened, options), heard, sent };
}

const SIZES = [1, 125, 126, 65_535, 65_536, 200_000];

test.each([true, false])(
  'what many are sent is read as it was, between a socket’s own frames (below it: %s)',
  async (below) => {
    const { outbox, heard, sent } = await pair({ below });
    for (const [index, size] of SIZES.entries()) {
      outbox.send(Uint8Array.of(100 + index));
      outbox.sendAll(new Bundle([new Uint8Array(size).fill(index + 1), Uint8Array.of(200 + index)]));
    }
    outbox.sendAll(new Bundle([]));
    await expect.poll(() => heard.length).toBe(3 * SIZES.length);
    expect(heard).toEqual(
      SIZES.flatMap((size, index) => [
        [1, 100 + index],
        [size, index + 1],
        [1, 200 + index],
      ]),
    );
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(SIZES.reduce((sum, size) => sum + size + 2, 0));
  },
);
