/** The same edits and the same kills for every server, and what is left of what it acknowledged. */
import { until } from '#tests/sync/support/person.ts';
import type { Peer, PeerDevice } from './peer.ts';

export interface PeerFigures {
  readonly server: string;
  readonly acknowledged: number;
  readonly lost: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  readonly acknowledgedPerSecond: number;
}

/** Between two edits of a burst: somebody who pastes, not a flood. */
const PAUSE_MS = 4;
/** The kills come so long after a burst's last acknowledgement, the first at once and the others evenly later. */
const LATEST_KILL_MS = 2500;
const FLOOD = 5000;
const WITHIN_MS = 60_000;

export async function figuresOf(peer: Peer, edits: number, kills: number): Promise<PeerFigures> {
  const acknowledgedPerSecond = await flood(peer);
  const bursts = await inBursts(peer, edits, kills);
  const reader = await peer.device(() => undefined);
  const found = new Set(reader.keys());
  await reader.lose();
  return {
    server: peer.name,
    acknowledged: bursts.acknowledged.length,
    lost: bursts.acknowledged.filter((key) => !found.has(key)).length,
    ackP50Ms: percentile(bursts.waits, 0.5),
    ackP99Ms: percentile(bursts.waits, 0.99),
    acknowledgedPerSecond,
  };
}

/**
 * A device types its share of the edits; some time after the last one is acknowledged the server is killed and the
 * device is lost with it, so that nobody can send again what the server let go of.
 */
async function inBursts(peer: Peer, edits: number, kills: number) {
  const acknowledged: string[] = [];
  const waits: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const waiting: { readonly key: string; readonly since: number }[] = [];
    const device = await peer.device((count) => {
      for (const { key, since } of waiting.splice(0, count)) {
        acknowledged.push(key);
        waits.push(performance.now() - since);
      }
    });
    for (let n = kill; n < edits; n += kills) {
      const key = `e${n}`;
      waiting.push({ key, since: performance.now() });
      device.type(key, n);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await until(() => waiting.length === 0, undefined, WITHIN_MS);
    await new Promise((resolve) => setTimeout(resolve, (LATEST_KILL_MS * kill) / kills));
    await peer.process.kill();
    await device.lose();
    await peer.process.startAgain();
  }
  return { acknowledged, waits };
}

async function flood(peer: Peer): Promise<number> {
  let left = FLOOD;
  const device: PeerDevice = await peer.device((count) => (left -= count));
  const since = performance.now();
  for (let n = 0; n < FLOOD; n += 1) device.type(`f${n}`, n);
  await until(() => left <= 0, undefined, WITHIN_MS);
  const seconds = (performance.now() - since) / 1000;
  await device.lose();
  return Math.round(FLOOD / seconds);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
}
