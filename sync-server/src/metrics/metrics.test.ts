import { describe, expect, test } from 'vitest';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { hashOf, putBlob } from '../testing/populated.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { ask, configOn, startSite, temporaryFolder } from '../testing/testServer.ts';
import { makeFigures, watchEventLoop } from './figures.ts';
import { Registry } from './registry.ts';

const SAMPLE = /^([a-z][a-z0-9_]*)(\{[a-z]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z]+="(?:[^"\\\n]|\\[\\"n])*")*\})? (\S+)$/;

/** Reads the text as strictly as its format is: every sample under its HELP and TYPE, every value a number. */
function read(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  let family = '';
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    const head = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (head) {
      const [, kind, name = '', rest = ''] = head;
      if (kind === 'HELP') expect(name).not.toBe(family);
      else expect([name, ['counter', 'gauge', 'histogram'].includes(rest)]).toEqual([family, true]);
      family = name;
      continue;
    }
    const [, name = '', labels = '', value] = SAMPLE.exec(line) ?? [];
    expect(name.replace(/_(?:bucket|sum|count)$/, ''), line).toBe(family.replace(/_(?:bucket|sum|count)$/, ''));
    expect(Number(value), line).not.toBeNaN();
    expect(samples.has(name + labels), line).toBe(false);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

describe('[S87] figures', () => {
  test('tell what happened, at an address of their own, and name nobody', async () => {
    const config = configOn(await temporaryFolder(), { metrics: { host: '127.0.0.1', port: 0 } });
    const store = brokenStore();
    const site = await startSite({ store, timings: { probeMs: 10 } }, config);
    const client = await TestClient.open(site, site.owner);
    client.hello();
    const update = edit('a', 'un');
    client.update(update);
    await client.recorded();
    const hash = await putBlob(site.owner, site.room, 'pièce');
    await site.owner.ask('GET', `/api/blobs/${hash}?room=${encodeURIComponent(site.room)}`);
    await ask(`${site.server.url}/api/me`);
    await ask(`${site.server.url}/api/me`);
    await TestClient.at(site, site.room, 'nonsense').closed;

    const url = site.server.metricsUrl ?? '';
    expect(url).not.toBe(site.server.url);
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    const samples = read(text);
    expect(Object.fromEntries(samples)).toMatchObject({
      liasse_rooms: 1,
      liasse_sockets: 1,
      liasse_ready: 1,
      liasse_room_bytes: update.length,
      liasse_append_seconds_count: 1,
      'liasse_append_seconds_bucket{le="+Inf"}': 1,
      liasse_appended_rows_total: 1,
      liasse_append_failures_total: 0,
      'liasse_refused_total{via="http",code="signed-out"}': 2,
      'liasse_refused_total{via="socket",code="4401"}': 1,
      'liasse_received_bytes_total{via="blob"}': 6,
      'liasse_sent_bytes_total{via="blob"}': 6,
    });
    expect(samples.get('liasse_received_bytes_total{via="socket"}')).toBeGreaterThan(update.length);
    expect(samples.get('liasse_sent_bytes_total{via="socket"}')).toBeGreaterThan(0);
    expect(samples.has('liasse_event_loop_delay_seconds_count')).toBe(true);
    for (const name of [site.team, site.owner.id, site.owner.email, 'Olympe', 'board', hash, hashOf(update)]) {
      expect(text).not.toContain(name);
    }

    store.fail();
    client.update(edit('b', 'perdu'));
    await client.closed;
    const later = read(await (await fetch(`${url}/metrics`)).text());
    expect(Object.fromEntries(later)).toMatchObject({
      liasse_ready: 0,
      liasse_append_failures_total: 1,
      'liasse_refused_total{via="socket",code="4503"}': 1,
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(404);
    store.mend();
    await eventually(async () => (await (await fetch(`${url}/metrics`)).text()).includes('liasse_ready 1'));
    await site.server.close();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow('fetch failed');
  });

  test('are served nowhere unless the operator named an address', async () => {
    const site = await startSite();
    expect(site.server.metricsUrl).toBeNull();
    expect(await ask(`${site.server.url}/metrics`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('a histogram counts what is at most each bound, and labels are escaped', () => {
    const registry = new Registry();
    const histogram = registry.histogram('h', 'Durations.', [0.1, 1]);
    for (const value of [0.1, 0.05, 0.5, 7]) histogram.observe(value);
    registry.counter('c', 'Codes.').add(3, { code: 'a"b\\c\nd' });
    registry.gauge('g', 'Now.', () => 2.5);
    expect(registry.text()).toBe(
      [
        '# HELP h Durations.',
        '# TYPE h histogram',
        'h_bucket{le="0.1"} 2',
        'h_bucket{le="1"} 3',
        'h_bucket{le="+Inf"} 4',
        'h_sum 7.65',
        'h_count 4',
        '# HELP c Codes.',
        '# TYPE c counter',
        'c{code="a\\"b\\\\c\\nd"} 3',
        '# HELP g Now.',
        '# TYPE g gauge',
        'g 2.5',
        '',
      ].join('\n'),
    );
  });

  test('compactions are counted by what came of them, and timed', () => {
    const figures = makeFigures();
    figures.compacted('done', 0.2);
    figures.compacted('failed', 3);
    const text = figures.registry.text();
    expect(text).toContain('liasse_compactions_total{outcome="failed"} 1\n');
    expect(text).toContain('liasse_compaction_seconds_bucket{le="0.25"} 1\n');
    expect(text).toContain('liasse_compaction_seconds_sum 3.2\n');
  });

  test('the event loop is as late as its timer is', () => {
    const figures = makeFigures();
    let at = 0;
    let tick = () => {};
    let stopped = false;
    const stop = watchEventLoop(figures, {
      nowMs: () => at,
      every: (ms, run) => {
        expect(ms).toBe(100);
        tick = run;
        return () => {
          stopped = true;
        };
      },
    });
    for (const now of [100, 200, 540, 640]) {
      at = now;
      tick();
    }
    const text = figures.registry.text();
    expect(text).toContain('liasse_event_loop_delay_seconds_bucket{le="0.001"} 3\n');
    expect(text).toContain('liasse_event_loop_delay_seconds_sum 0.24\n');
    stop();
    expect(stopped).toBe(true);
  });
});
