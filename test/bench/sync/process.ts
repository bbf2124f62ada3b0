import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/** Of two cores one is the server’s and one the generator’s: neither takes the other’s time. */
const SERVER_CORE = 0;
const GENERATOR_CORE = 1;
const TICKS_PER_S = 100;

/** Pins this process, the generator, to its core. False where there are not two of them. */
export function pinGenerator(): boolean {
  if (availableParallelism() < 2) return false;
  execFileSync('taskset', ['-acp', String(GENERATOR_CORE), String(process.pid)], { stdio: 'ignore' });
  return true;
}

/** A server in a process of its own, and what it took of the machine. */
export interface MeasuredProcess {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Seconds of processor, all threads. */
  cpuS(): number;
  rssMiB(): number;
  /** Largest RSS since the last `forgetPeak`. */
  peakMiB(): number;
  forgetPeak(): void;
  /** Bytes that it gave the disk to write. */
  diskBytes(): number;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** For who wants to know where the time goes: BENCH_PROFILE names a folder for Node’s processor profiles. */
const { BENCH_PROFILE } = process.env;
const profiled = BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${BENCH_PROFILE}`] : [];

/** Starts `node FILE` on the server’s core; resolves with the line of JSON that says `{"event":"ready"}`. */
export async function startMeasured(file: string, env: Readonly<Record<string, string>>): Promise<MeasuredProcess> {
  const child = spawn('taskset', ['-c', String(SERVER_CORE), process.execPath, ...profiled, file], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as Record<string, unknown>;
      if (event.event === 'ready') resolve(event);
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('bug: a process without number');
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  const status = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read('status'))?.[1]) / 1024;
  return {
    pid,
    ready,
    cpuS: () => {
      // After the command, which may hold spaces: utime and stime are the 12th and 13th.
      const fields = read('stat').split(') ').at(-1)?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
    },
    rssMiB: () => status('VmRSS'),
    peakMiB: () => status('VmHWM'),
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, '5'),
    diskBytes: () => Number(/^write_bytes: (\d+)/m.exec(read('io'))?.[1]),
    end: (signal) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill(signal);
      }),
  };
}
