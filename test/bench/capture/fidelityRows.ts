import type { Row } from '../bench.ts';
import { MEASURES, type PageResult, pairs, TOLERANCE, type Who } from './results.ts';

/** The first row of issue 3, for one kind of grant: each measure's mean, and the page where it is farthest under the peer's. */
export function fidelityRows(
  results: readonly PageResult[],
  who: Who,
  options: { words: string; eachPage: boolean },
): Row[] {
  const { words, eachPage } = options;
  const { both, failed } = pairs(results, who);
  const takenTwice = results.filter(({ isTakenTwice }) => isTakenTwice).length;
  const about =
    who === 'bare'
      ? `, ${takenTwice} of them with something of another origin; the others are as below`
      : both.some(({ ours }) => ours.isCompleted)
        ? ''
        : '; nothing of them was there to be completed';
  const details = results.map(({ page, peer, [who]: ours }) => ({ page: page.name, ours, peer }));
  const rows: Row[] = [];
  for (const { key, what } of MEASURES) {
    const measured = both.flatMap(({ name, ours, peer }) => {
      const [one, other] = [ours[key], peer[key]];
      return one === null || other === null ? [] : [{ name, ours: one, peer: other, why: ours.why }];
    });
    if (measured.length === 0) continue;
    const peerMean = rounded(mean(measured.map(({ peer }) => peer)));
    rows.push({
      what: `${what}, ${words}`,
      unit: '',
      ours: rounded(mean(measured.map(({ ours }) => ours))),
      peers: { 'single-file': peerMean },
      target: { atLeast: peerMean },
      note: `mean of ${measured.length} pages${about}${failed.length > 0 ? `; not taken: ${failed.join(', ')}` : ''}`,
      details: key === 'text' ? details : undefined,
    });
    const behind = measured.map((one) => ({ ...one, behind: one.peer - one.ours })).sort((a, b) => b.behind - a.behind);
    const past = behind.filter((one) => one.behind > TOLERANCE);
    rows.push({
      what: `the same, the page farthest under single-file`,
      unit: '',
      ours: rounded(Math.max(0, behind[0]?.behind ?? 0)),
      target: { atMost: TOLERANCE },
      note:
        past.length === 0
          ? 'no page is farther under'
          : `${past.length} pages: ${past.slice(0, 8).map(named).join(', ')}`,
    });
    if (!eachPage) continue;
    for (const { name, ours, peer, why } of measured) {
      rows.push({
        what: `– ${name}`,
        unit: '',
        ours: rounded(ours),
        peers: { 'single-file': rounded(peer) },
        target: { atLeast: rounded(peer - TOLERANCE) },
        note: key === 'nodes' ? why.slice(0, 4).join(', ') : '',
      });
    }
  }
  return rows;
}

const named = ({ name, ours, peer }: { name: string; ours: number; peer: number }) =>
  `${name} ${ours.toFixed(3)} to ${peer.toFixed(3)}`;

const mean = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;
const rounded = (share: number) => Math.round(share * 10_000) / 10_000;
