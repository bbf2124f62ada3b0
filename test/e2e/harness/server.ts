import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, WEB_APP } from './places.ts';

/** A real server process on a folder of its own. */
export class TestServer {
  readonly url: string;
  /** Makes its user the server's owner; null on a server that has one. */
  readonly ownerLink: string | null;
  /** What it has said so far, line by line. */
  readonly log: readonly string[];
  readonly #child: ChildProcess;
  readonly #data: string;

  private constructor(
    child: ChildProcess,
    data: string,
    url: string,
    ownerLink: string | null,
    log: readonly string[],
  ) {
    this.#child = child;
    this.#data = data;
    this.url = url;
    this.ownerLink = ownerLink;
    this.log = log;
  }

  /** @param options - `data` and `port` of a server that ran before, to start it again; fresh ones otherwise; `settings`: more of its own */
  static async start(
    options: { data?: string; port?: number; publicUrl?: string; settings?: Readonly<Record<string, string>> } = {},
  ): Promise<TestServer> {
    const data = options.data ?? mkdtempSync(join(tmpdir(), 'liasse-server-'));
    // Known before it starts: behind a wire, the address that the server gives is the wire's.
    const port = options.port ?? (await freePort());
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: join(ROOT, 'sync-server'),
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        LIASSE_DATA: data,
        LIASSE_WEB_DIR: WEB_APP,
        ...(options.publicUrl !== undefined && { LIASSE_PUBLIC_URL: options.publicUrl }),
        ...options.settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const log: string[] = [];
    const { ownerLink } = await readyLine(child, log);
    return new TestServer(child, data, `http://127.0.0.1:${port}`, ownerLink, log);
  }

  get data(): string {
    return this.#data;
  }

  /** Of the running process, for what measures it. */
  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('the server did not start');
    return pid;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Ends it as a power cut would, and keeps its data. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Ends it as an administrator would, and removes its data. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Starts it again on the same data and port, after `kill`. */
  again(): Promise<TestServer> {
    return TestServer.start({ data: this.#data, port: this.port });
  }

  #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill(signal);
    return ended;
  }
}

/** The first line of a server's own log that says it is ready. */
function readyLine(child: ChildProcess, log: string[]): Promise<{ ownerLink: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    if (child.stdout === null) throw new Error('bug: the server has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      const event = parsed(line);
      if (event?.event === 'ready') resolve({ ownerLink: (event.ownerLink as string) ?? null });
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
