import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire between browsers and a server that can be cut: `setOffline` only stalls the sockets that are open. */
export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: number;
  #cut = false;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
  }

  /** @param target - the port of the server behind */
  static async to(target: number): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server, target);
    server.on('connection', (socket) => wire.#join(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection, and refuses new ones. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** @param target - another port, for a server that was started again */
  mend(target = this.#target): void {
    this.#target = target;
    this.#cut = false;
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #join(socket: Socket): void {
    if (this.#cut) {
      socket.destroy();
      return;
    }
    const behind = connect(this.#target, '127.0.0.1');
    for (const each of [socket, behind]) {
      this.#sockets.add(each);
      each.on('error', () => each.destroy());
      each.on('close', () => {
        this.#sockets.delete(each);
        socket.destroy();
        behind.destroy();
      });
    }
    socket.pipe(behind).pipe(socket);
  }
}
