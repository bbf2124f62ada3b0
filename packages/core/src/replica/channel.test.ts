import { expect, test } from 'vitest';
import { type ContextMessage, openContexts } from './channel.ts';
import { ROOM } from './testing/world.ts';

test('[P11] a message of another shape is not heard, and the next one is', () => {
  let say: (message: unknown) => void = () => {};
  const contexts = openContexts({
    post: () => {},
    listen: (listener) => {
      say = listener;
      return () => {};
    },
    close: () => {},
  });
  const heard: ContextMessage[] = [];
  contexts.listen((message) => heard.push(message));
  const rows = { kind: 'rows', room: ROOM, rows: [{ rowId: 'a', edits: 1, update: Uint8Array.of(0, 0) }] };
  for (const other of [
    null,
    'erased',
    { kind: 'erase' },
    { ...rows, room: 'elsewhere' },
    { ...rows, rows: [{ rowId: 'a', edits: -1, update: Uint8Array.of(0, 0) }] },
    { ...rows, rows: [{ rowId: 'a', edits: 1, update: [0, 0] }] },
    { kind: 'recorded', room: ROOM, rowIds: 'a' },
  ])
    say(other);
  expect(heard).toEqual([]);
  say(rows);
  say({ kind: 'erased' });
  expect(heard).toEqual([rows, { kind: 'erased' }]);
});
