import { parentPort, workerData } from 'node:worker_threads';
import { isDiskFull } from './diskFull.ts';
import { ErasedRoomError } from './roomStore.ts';
import { SqliteLog } from './sqliteLog.ts';
import type { StoreAnswer, StoreCall } from './sqliteRoomStore.ts';

// The thread that owns rooms.sqlite. Calls are answered in the order they came.
const log = new SqliteLog(workerData as string);

parentPort?.on('message', (call: StoreCall) => parentPort?.postMessage(answer(call)));

function answer(call: StoreCall): StoreAnswer {
  try {
    return { id: call.id, ok: true, value: run(call) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id: call.id, ok: false, erased: error instanceof ErasedRoomError, full: isDiskFull(error), reason };
  }
}

function run(call: StoreCall): unknown {
  switch (call.method) {
    case 'load':
      return log.load(...call.args);
    case 'append':
      return log.append(...call.args);
    case 'since':
      return log.since(...call.args);
    case 'compact':
      return log.compact(...call.args);
    case 'versions':
      return log.versions(...call.args);
    case 'version':
      return log.version(...call.args);
    case 'dropVersions':
      return log.dropVersions(...call.args);
    case 'backlogs':
      return log.backlogs(...call.args);
    case 'rooms':
      return log.rooms();
    case 'erase':
      return log.erase(...call.args);
    case 'changes':
      return log.changes(...call.args);
    case 'standing':
      return log.standing(...call.args);
    case 'probe':
      return log.probe();
    case 'close':
      return log.close();
  }
}
