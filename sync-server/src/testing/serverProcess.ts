import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ServerProcess {
  readonly url: string;
  readonly ownerLink: string | null;
  /** Everything it printed so far. */
  readonly lines: string[];
  /** Sends a signal; resolves with how the process ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** The real server, as a process of its own. `PORT` 0 takes a free one. */
export async function spawnServer(dataFolder: string, port = 0): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: String(port), LIASSE_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const ready = await readyOf(child, lines);
  return {
    ...ready,
    lines,
    end: (signal) =>
      new Promise((resolve) => {
        child.once('exit', (code, by) => resolve({ code, signal: by }));
        child.kill(signal);
      }),
  };
}

function readyOf(child: ChildProcess, lines: string[]): Promise<{ url: string; ownerLink: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) throw new Error('bug: no stdout');
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as { event: string; url: string; ownerLink: string | null };
      if (event.event === 'ready') resolve(event);
    });
  });
}
