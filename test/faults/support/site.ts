import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type DossierId, newId, type TeamId } from '@liasse/core';
import { dossierRoom, type RoomName, SUBPROTOCOL } from '@liasse/core/protocol';
import { httpServer } from '@liasse/core/replica';
import { onTestFinished } from 'vitest';
import { random } from '../../bench/spine/content.ts';
import { signUpOwner } from '../../bench/spine/member.ts';
import { LightClient, type LightOptions, OURS } from '../../bench/sync/light.ts';

const SERVER = fileURLToPath(new URL('../../../sync-server/src/main.ts', import.meta.url));

export interface SiteOptions {
  /** Folder of its data; one that goes with the test otherwise. */
  readonly data?: string;
  /** A command that runs the server, such as `strace …`. */
  readonly under?: readonly string[];
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real server process, someone who owns a team on it, and their sockets. Ends with the test. */
export class Site {
  readonly url: string;
  readonly data: string;
  readonly bearer: string;
  readonly team: TeamId;
  /** What the server has printed, line by line. */
  readonly lines: readonly string[];
  readonly #child: ChildProcess;
  readonly #options: SiteOptions;

  private constructor(running: Running, data: string, owner: { bearer: string; team: TeamId }, options: SiteOptions) {
    this.url = running.url;
    this.lines = running.lines;
    this.#child = running.child;
    this.data = data;
    this.bearer = owner.bearer;
    this.team = owner.team;
    this.#options = options;
  }

  static async start(options: SiteOptions = {}): Promise<Site> {
    const data = options.data ?? temporaryFolder();
    const running = await run(data, 0, options.under);
    return new Site(running, data, await signUpOwner(running.url, running.ownerLink), options);
  }

  /** Starts it again on the same data and port, after it ended. */
  async again(): Promise<Site> {
    const running = await run(this.data, Number(new URL(this.url).port), this.#options.under);
    return new Site(running, this.data, this, this.#options);
  }

  /** Of the server itself, whatever runs it. */
  get pid(): number {
    const pid = this.#child.pid ?? 0;
    return this.#options.under ? childOf(pid) : pid;
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended> {
    return new Promise((resolve) => {
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null) return resolve({ code: exitCode, signal: signalCode });
      this.#child.once('exit', (code, by) => resolve({ code, signal: by }));
      process.kill(this.pid, signal);
    });
  }

  newRoom(): RoomName {
    return dossierRoom(this.team, newId<DossierId>(random));
  }

  get http() {
    return httpServer(this.url, { bearer: () => this.bearer });
  }

  async ticket(room: RoomName): Promise<string> {
    const answer = await this.http.ticket(room);
    if (typeof answer !== 'object') throw new Error(`no ticket: ${answer}`);
    return answer.ticket;
  }

  /** A socket that is being opened. @param options.through - another address of the server, such as a proxy’s */
  async dial(room: RoomName, options: Partial<LightOptions> & { through?: string } = {}): Promise<LightClient> {
    const address = (options.through ?? this.url).replace('http', 'ws');
    const client = new LightClient(`${address}/sync/${room}`, [SUBPROTOCOL, await this.ticket(room)], {
      ...options,
      dialect: OURS,
    });
    atEnd(() => client.socket.terminate());
    return client;
  }

  /** A socket in step with the server. */
  async join(room: RoomName, options: Partial<LightOptions> & { through?: string } = {}): Promise<LightClient> {
    const client = await this.dial(room, options);
    await client.synced;
    return client;
  }

  async readiness(): Promise<string> {
    const answer = await fetch(`${this.url}/readyz`);
    const { code } = (await answer.json()) as { code?: string };
    return code ?? 'ready';
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ownerLink: string | null;
  readonly lines: readonly string[];
}

async function run(data: string, port: number, under: readonly string[] = []): Promise<Running> {
  const [command = '', ...args] = [...under, process.execPath, SERVER];
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, PORT: String(port), LIASSE_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(() => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (under.length > 0 && child.pid !== undefined) process.kill(childOf(child.pid), 'SIGKILL');
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as { event: string; url: string; ownerLink: string | null };
      if (event.event === 'ready') resolve({ child, url: event.url, ownerLink: event.ownerLink, lines });
    });
  });
}

/** Hundreds of processes and sockets in one test: what is over by then costs nothing. */
const atEnd = (undo: () => void): void => onTestFinished(undo);

function childOf(pid: number): number {
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const [child] = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ');
    if (child) return Number(child);
  }
  return 0;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'liasse-fault-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The line that a fault leaves behind. */
export function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
