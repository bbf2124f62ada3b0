import { describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { TestClient } from '../testing/testClient.ts';
import { startSite } from '../testing/testServer.ts';
import { Presence } from './presence.ts';

const state = (clientId: number, json: object | null, clock = 1) => ({ clientId, clock, json: JSON.stringify(json) });
const ann = { account: 'account-ann', name: 'Anne' };
const bob = { account: 'account-bob', name: 'Basile' };

function makePresence() {
  let changes = 0;
  const presence = new Presence<object>(
    () => 1_000,
    () => {
      changes += 1;
    },
  );
  return { presence, changes: () => changes };
}

describe('presence', () => {
  test('[S40] identity is the server’s, whatever the state says', () => {
    const { presence } = makePresence();
    presence.receive({}, ann, [state(7, { user: { account: bob.account, name: 'Basile' }, place: 'x' })]);
    const [change] = presence.takeChanges();
    expect(JSON.parse(change?.json ?? '')).toEqual({ user: ann, place: 'x' });
  });

  test('[S40] foreign states are ignored: one state a connection', () => {
    const { presence } = makePresence();
    const [a, b] = [{}, {}];
    presence.receive(a, ann, [state(1, { place: 'a' })]);
    presence.receive(b, bob, [state(2, { place: 'b' })]);
    presence.takeChanges();
    presence.receive(b, bob, [state(1, { place: 'forged' }, 99), state(1, null, 100)]);
    presence.receive(b, bob, [state(3, { place: 'a second self' })]);
    expect(presence.takeChanges()).toEqual([]);
    expect(presence.othersThan({}).map(({ clientId }) => clientId)).toEqual([1, 2]);
  });

  test('[S40] another account’s id cannot be taken; one’s own, after a broken line, can', () => {
    const { presence } = makePresence();
    const [old, fresh, thief] = [{}, {}, {}];
    presence.receive(old, ann, [state(1, { place: 'a' })]);
    presence.receive(thief, bob, [state(1, { place: 'stolen' })]);
    expect(presence.idOf(thief)).toBeNull();
    presence.receive(fresh, ann, [state(1, { place: 'back' })]);
    presence.takeChanges();
    presence.remove(old);
    expect(presence.takeChanges()).toEqual([]);
    expect(presence.idOf(fresh)).toBe(1);
  });

  test('[S41] clocks grow by themselves, and one notice is enough for many changes', () => {
    const { presence, changes } = makePresence();
    const a = {};
    presence.receive(a, ann, [state(1, { n: 1 }, 50)]);
    const [first] = presence.takeChanges();
    presence.receive(a, ann, [state(1, { n: 2 }, 1)]);
    presence.remove(a);
    const second = presence.takeChanges();
    expect(second).toEqual([{ clientId: 1, clock: expect.any(Number), json: 'null' }]);
    expect(second[0]?.clock).toBeGreaterThan(first?.clock ?? Number.POSITIVE_INFINITY);
    expect(changes()).toBe(2);
  });

  test('[S41] a state too large, or that is no object, is not passed on', () => {
    const { presence } = makePresence();
    presence.receive({}, ann, [state(1, { blob: 'x'.repeat(9_000) })]);
    presence.receive({}, ann, [{ clientId: 2, clock: 1, json: '[1]' }]);
    presence.receive({}, ann, [{ clientId: 3, clock: 1, json: '{' }]);
    expect(presence.takeChanges()).toEqual([]);
  });

  test('[S42] on sockets: others see a person come, under their account’s name, and leave', async () => {
    const site = await startSite({ timings: { presenceMs: 1 } });
    const other = await site.join('reader', 'Basile');
    const [one, two] = [await TestClient.open(site, site.owner), await TestClient.open(site, other)];
    one.step1();
    two.step1();
    await two.hears(({ type }) => type === 'step2');
    one.awareness([state(11, { user: { name: 'Napoléon' }, cursor: 3 })]);
    const seen = await two.hears((heard) => heard.type === 'awareness' && heard.states.length > 0);
    const [came] = seen.type === 'awareness' ? seen.states : [];
    expect(JSON.parse(came?.json ?? '')).toEqual({ user: { account: site.owner.id, name: 'Olympe' }, cursor: 3 });
    one.socket.close();
    await two.hears((heard) => heard.type === 'awareness' && heard.states[0]?.json === 'null');
    expect(one.heard.filter((heard) => heard.type === 'awareness' && heard.states.length > 0)).toEqual([]);
    await eventually(() => site.server.rooms.counts.connections === 1);
  });
});
