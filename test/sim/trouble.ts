import type { Chance } from './chance.ts';
import type { Device, Simulation } from './simulation.ts';

/** Something that may happen next, and how often beside the others. */
interface Happening {
  readonly weight: number;
  readonly item: () => void;
}

/** What may happen now, under the faults of this simulation: people edit, and things go wrong. */
export function happenings(sim: Simulation): readonly Happening[] {
  const { faults, chance, network, server, scheduler } = sim;
  const device = () => chance.pick(sim.devices);
  const list: Happening[] = [
    { weight: 12, item: () => withPage(sim, (page) => sim.edit(page)) },
    { weight: 3, item: () => withPage(sim, (page) => burst(sim, () => sim.edit(page))) },
    { weight: 3, item: () => reopen(sim, device()) },
  ];
  const may = (isOn: boolean, weight: number, item: () => void) => {
    if (isOn) list.push({ weight, item });
  };
  may(faults.cuts, 2, () =>
    withLink(sim, ({ wire, client }) => {
      sim.log(`a socket of ${client.machine.name} is cut`);
      wire.cut();
    }),
  );
  may(faults.deadSockets, 2, () =>
    withLink(sim, ({ wire, client }) => {
      sim.log(`a socket of ${client.machine.name} is dead`);
      wire.health = 'dead';
    }),
  );
  may(faults.partitions, 2, () => {
    const { profile } = device();
    const forMs = chance.between(500, 90_000);
    sim.log(`${profile.name} is off the network for ${(forMs / 1000).toFixed(1)} s`);
    network.part(profile, forMs);
  });
  may(faults.serverCrashes, 2, () => crashServer(sim, chance));
  may(faults.serverDisk, 2, () => {
    sim.log('the server’s disk is full');
    server.isDiskFull = true;
    scheduler.after(null, chance.between(100, 20_000), () => {
      sim.log('the server’s disk has space again');
      server.isDiskFull = false;
    });
  });
  may(faults.serverDisk, 1, () => {
    server.slownessMs = chance.pick([5, 50, 2_000]);
    sim.log(`the server’s disk takes up to ${server.slownessMs} ms`);
  });
  may(faults.compaction, 1, () => {
    const room = chance.pick(sim.rooms);
    sim.log(`${room} is compacted`);
    void server.compact(room);
  });
  may(faults.pageCrashes, 3, () => {
    const victim = device();
    sim.crashPage(victim, chance.below(victim.pages.length), { silently: chance.happens(0.3) });
    if (!faults.cacheLoss || chance.happens(0.5)) return;
    // Rows that were on the disk are lost with the power only, and then every page is.
    for (const index of victim.pages.keys()) sim.crashPage(victim, index, { silently: true });
    loseCache(sim, victim);
  });
  may(faults.pageCrashes, 1, () => {
    const victim = device();
    sim.log(`a page of ${victim.profile.name} will die when it has saved, and before it says so`);
    victim.profile.onNextRows = (writer) => {
      const index = victim.pages.findIndex((page) => page?.machine === writer);
      sim.crashPage(victim, index, { silently: chance.happens(0.3) });
    };
  });
  may(faults.cacheLoss, 1, () => {
    const victim = device();
    // Only while nobody has it open: a browser takes no row from under a page.
    if (victim.pages.every((page) => page === null)) loseCache(sim, victim);
  });
  may(faults.quota, 2, () => {
    const { profile } = device();
    sim.log(`${profile.name} has no space`);
    profile.isFull = profile.hasBeenFull = true;
    scheduler.after(null, chance.between(100, 30_000), () => {
      sim.log(`${profile.name} has space again`);
      profile.isFull = false;
    });
  });
  may(faults.closing, 3, () =>
    withPage(sim, (page) => {
      const room = chance.pick(sim.rooms);
      sim.log(`${page.machine.name} ${page.rooms.has(room) ? 'closes' : 'opens'} ${room.slice(25, 29)}`);
      sim.on(page, () => (page.rooms.has(room) ? page.close(room) : page.open(room)));
    }),
  );
  may(faults.roles, 2, () => {
    const { account } = device();
    const role = chance.pick(['reader', 'editor', null, 'editor'] as const);
    sim.log(`${account} becomes ${role ?? 'nobody'}`);
    server.setRole(account, role);
  });
  may(faults.roles, 2, () => {
    const { intruder } = sim;
    const role = chance.pick(['reader', 'reader', null, 'editor'] as const);
    sim.log(`${intruder.account}, ${role ?? 'nobody'}, writes all the same`);
    server.setRole(intruder.account, role);
    scheduler.after(intruder.machine, 0, () => void intruder.write(chance.pick(sim.rooms)));
    scheduler.after(null, chance.between(0, 6_000), () =>
      server.setRole(intruder.account, chance.pick(['reader', null])),
    );
  });
  return list;
}

function withPage(sim: Simulation, act: (page: Simulation['pages'][number]) => void): void {
  const { pages } = sim;
  if (pages.length > 0) act(sim.chance.pick(pages));
}

function withLink(sim: Simulation, act: (link: Simulation['network']['links'][number]) => void): void {
  const { links } = sim.network;
  if (links.length > 0) act(sim.chance.pick(links));
}

function burst(sim: Simulation, act: () => void): void {
  const count = 2 + sim.chance.below(5);
  for (let i = 0; i < count; i += 1) sim.scheduler.after(null, sim.chance.between(0, 200), act);
}

function reopen(sim: Simulation, device: Device): void {
  for (const index of device.pages.keys()) sim.openPage(device, index);
}

function loseCache(sim: Simulation, { profile }: Device): void {
  sim.log(`${profile.name} loses rows of its caches`);
  for (const room of sim.rooms) profile.loseCacheRows(room, sim.chance);
}

/** At once, or between the next commit and the moment that anyone hears of it. */
function crashServer(sim: Simulation, chance: Chance): void {
  const { server, scheduler } = sim;
  const silently = chance.happens(0.3);
  const back = chance.between(10, 20_000);
  const crash = () => {
    if (!server.machine) return;
    sim.log(`the server dies${silently ? ' with its network' : ''}`);
    server.crash({ silently });
    scheduler.after(null, back, () => {
      sim.log('the server starts');
      server.start();
    });
  };
  if (chance.happens(0.5)) crash();
  else {
    sim.log('the server will die at its next commit');
    server.onNextCommit = crash;
  }
}
