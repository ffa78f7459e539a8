/**
 * Ours beside a well-known Yjs server that acknowledges in memory: the same edits, the same kills, and how many
 * acknowledged edits are gone afterwards.
 *
 *   node bench/peers.ts --edits 400 --kills 10
 */
import { parseArgs } from 'node:util';
import { figuresOf } from './support/peers/compare.ts';
import { hocuspocusPeer } from './support/peers/hocuspocus-peer.ts';
import { outlayPeer } from './support/peers/outlay-peer.ts';

const { edits, kills } = readArguments();
process.setMaxListeners(0);

let lostByUs = 0;
const servers: string[] = [];
for (const newPeer of [outlayPeer, hocuspocusPeer]) {
  const peer = await newPeer();
  const figures = await figuresOf(peer, edits, kills);
  await peer.dispose();
  console.log(JSON.stringify(figures));
  servers.push(peer.name);
  if (peer.name === 'outlay') lostByUs = figures.lost;
}
console.log(JSON.stringify({ servers: servers.length, names: servers, edits, kills }));
if (lostByUs > 0) console.error(`Outlay lost ${lostByUs} acknowledged edits.`);
process.exit(lostByUs > 0 ? 1 : 0);

function readArguments() {
  const { values } = parseArgs({
    options: { edits: { type: 'string', default: '400' }, kills: { type: 'string', default: '10' } },
  });
  const edits = Number(values.edits);
  const kills = Number(values.kills);
  if (Number.isInteger(edits) && Number.isInteger(kills) && kills > 0 && edits >= kills) return { edits, kills };
  console.error('--edits and --kills must be whole numbers, and there must be an edit for every kill.');
  return process.exit(1);
}
