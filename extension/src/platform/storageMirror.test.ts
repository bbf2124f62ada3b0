import { describe, expect, test } from 'vitest';
import { openStorageMirror, type StorageArea } from './storageMirror.ts';

type Changes = Record<string, { newValue?: unknown }>;

/** Extension storage in memory: each context hears all writes, its own too, in order and late. */
function memoryArea(initial: Record<string, unknown> = {}) {
  const stored = new Map(Object.entries(initial));
  const listeners: ((changes: Changes) => void)[] = [];
  const events: Changes[] = [];
  const area: StorageArea = {
    get: async () => Object.fromEntries(stored),
    set: async (items) => {
      for (const [key, value] of Object.entries(items)) stored.set(key, value);
      events.push(Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { newValue }])));
    },
    remove: async (keys) => {
      for (const key of [keys].flat()) {
        stored.delete(key);
        events.push({ [key]: {} });
      }
    },
    onChanged: { addListener: (listener) => void listeners.push(listener) },
  };
  const deliver = () => {
    for (const event of events.splice(0)) for (const listener of listeners) listener(event);
  };
  return { area, stored, deliver };
}

describe('the mirror of extension storage', () => {
  test('reads what was there, writes through, and says when it is written', async () => {
    const { area, stored } = memoryArea({ session: 'a', other: 3 });
    const mirror = await openStorageMirror(area);
    expect([mirror.read('session'), mirror.read('other'), mirror.read('absent')]).toEqual(['a', null, null]);
    mirror.write('session', 'b');
    mirror.write('gone', 'x');
    mirror.write('gone', null);
    await mirror.written();
    expect([...stored]).toEqual([
      ['session', 'b'],
      ['other', 3],
    ]);
  });

  test('hears other contexts, and not itself', async () => {
    const { area, deliver } = memoryArea();
    const [here, there] = [await openStorageMirror(area), await openStorageMirror(area)];
    const heard: string[] = [];
    here.onElsewhere((key) => heard.push(`here ${key}`));
    const stop = there.onElsewhere((key) => heard.push(`there ${key}`));
    here.write('session', 'a');
    await here.written();
    deliver();
    expect([heard, there.read('session')]).toEqual([['there session'], 'a']);
    stop();
    here.write('session', null);
    await here.written();
    deliver();
    expect([heard.length, there.read('session')]).toEqual([1, null]);
  });

  test('the late event of an own older write does not undo a newer one', async () => {
    const { area, deliver } = memoryArea();
    const mirror = await openStorageMirror(area);
    mirror.write('session', 'a');
    await mirror.written();
    mirror.write('session', 'b');
    deliver();
    expect(mirror.read('session')).toBe('b');
    await mirror.written();
    deliver();
    expect(mirror.read('session')).toBe('b');
  });
});
