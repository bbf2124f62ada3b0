import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Nothing comes through any more, and neither side is told. */
  dead: boolean;
}

/** A line between clients and a server that goes bad in the ways lines do. */
export class BadLine {
  readonly url: string;
  /** Bytes per second towards the clients; null: as fast as it goes. */
  readonly #bytesPerS: number | null;
  readonly #pairs = new Set<Pair>();

  private constructor(port: number, bytesPerS: number | null) {
    this.url = `http://127.0.0.1:${port}`;
    this.#bytesPerS = bytesPerS;
  }

  static async to(url: string, { bytesPerS = null }: { bytesPerS?: number | null } = {}): Promise<BadLine> {
    const target = Number(new URL(url).port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const line = new BadLine((server.address() as AddressInfo).port, bytesPerS);
    server.on('connection', (client) => line.#join(client, connect(target, '127.0.0.1')));
    onTestFinished(() => {
      server.close();
      line.reset(1);
    });
    return line;
  }

  /** The lines that are there die without a word; new ones work. */
  goSilent(): number {
    for (const pair of this.#pairs) pair.dead = true;
    return this.#pairs.size;
  }

  /** Resets a share of the lines, as a box between does that has forgotten them. */
  reset(share: number): number {
    let count = 0;
    for (const { client, server } of this.#pairs) {
      if (Math.random() >= share) continue;
      count += 1;
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
    return count;
  }

  #join(client: Socket, server: Socket): void {
    const pair = { client, server, dead: false };
    this.#pairs.add(pair);
    for (const end of [client, server]) {
      end.on('error', () => {});
      end.on('close', () => {
        this.#pairs.delete(pair);
        // A dead line tells nobody that the other end is gone.
        if (pair.dead) return;
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (!pair.dead) server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (pair.dead) return;
      client.write(chunk);
      if (this.#bytesPerS === null) return;
      server.pause();
      setTimeout(() => server.resume(), (1000 * chunk.length) / this.#bytesPerS);
    });
  }
}
