import { dataFolderIn } from '../config.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { CommandError, counted } from './dataFolder.ts';
import { restore } from './restore.ts';

const USAGE = `Usage: liasse-server [COMMAND]

  serve          runs the server; what is done without a command
  backup FILE    saves everything in one archive, also while the server runs
  restore FILE   fills an empty folder with what an archive holds
  check          reads everything again and says what is wrong

The data are in the folder that LIASSE_DATA names. docs/server.md says more.`;

/** Who typed the command, and where they read. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
  complain(line: string): void;
}

/** Runs a command other than `serve`. Gives the exit code: 0 all is well, 1 something is wrong with the data, 2 not done. */
export function runCommand(args: readonly string[], terminal: Terminal): 0 | 1 | 2 {
  const [name, ...rest] = args;
  const [file] = rest;
  try {
    if (name === 'help' || name === '--help') terminal.say(USAGE);
    else if (name === 'check' && rest.length === 0) return runCheck(terminal);
    else if (name === 'backup' && file && rest.length === 1) return runBackup(file, terminal);
    else if (name === 'restore' && file && rest.length === 1) return runRestore(file, terminal);
    else throw new CommandError(`liasse-server does not know “${args.join(' ')}”.\n\n${USAGE}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.complain(error.message);
    return error.exitCode;
  }
}

function runBackup(file: string, { environment, say, complain }: Terminal): 0 | 1 {
  const folder = dataFolderIn(environment);
  const { blobs, missing, damaged } = backup(folder, file, { now: Date.now });
  say(`Saved ${folder} in ${file}, with ${counted(blobs, 'blob')}.`);
  for (const hash of missing) complain(`Blob ${hash} is missing on the disk and in the backup.`);
  for (const hash of damaged) complain(`Blob ${hash} is damaged on the disk; it was saved as it is.`);
  return missing.length + damaged.length > 0 ? 1 : 0;
}

function runRestore(file: string, { environment, say }: Terminal): 0 {
  const folder = dataFolderIn(environment);
  const { at, rooms, blobs } = restore(file, folder);
  say(
    `Restored into ${folder} what was saved on ${new Date(at).toISOString()}: ${counted(rooms, 'room')}, ${counted(blobs, 'blob')}.`,
  );
  say('Everyone signs in again; what their devices have and the backup had not comes back from them.');
  return 0;
}

function runCheck({ environment, say, complain }: Terminal): 0 | 1 {
  const folder = dataFolderIn(environment);
  const { looked, wrong } = check(folder);
  say(`Checked ${folder}: ${looked.join(', ')}.`);
  for (const sentence of wrong) complain(sentence);
  say(
    wrong.length === 0
      ? 'Nothing is wrong.'
      : `${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong.`,
  );
  return wrong.length === 0 ? 0 : 1;
}
