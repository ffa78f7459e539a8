/**
 * Draws the picture of the house in the README from the rules that hold it up (.dependency-cruiser.js) and the rooms
 * that are there. `node scripts/house.mjs` writes it, `--check` fails when the README shows an older one.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { floors } from '../.dependency-cruiser.js';
import { fail, root } from './setup.mjs';

const begin = '<!-- house: written by scripts/house.mjs -->\n';
const end = '<!-- /house -->';

/** What each room is for, in a line. */
const purposes = {
  routes: 'pages: read from app, show with ui, send commands',
  app: 'puts the parts together: an open workspace, its commands, what its pages read',
  ui: 'components: props in, callbacks out',
  store: 'IndexedDB: the update log, projections, outbox, receipts',
  sync: 'the wire to the server',
  workers: 'carries imports and pictures off the page',
  documents: 'where each fact sits in a Yjs document',
  governance: 'who decides what: decide, evolve, the hash chain',
  interchange: 'foreign files in and out',
  analysis: 'numbers from numbers',
  domain: 'what money, periods, expenses and budgets are',
  'sync-server': 'one process: the built app, the wire, storage',
};

const readme = path.join(root, 'README.md');
const text = readFileSync(readme, 'utf8');
const [before, rest] = split(text, begin);
const [, after] = split(rest, end);
const page = `${before}${begin}\n\`\`\`text\n${picture()}\n\`\`\`\n\n${end}${after}`;

if (process.argv.includes('--check')) {
  if (page !== text) fail('The picture of the house in README.md is out of date: node scripts/house.mjs');
} else writeFileSync(readme, page);

function picture() {
  const rooms = { ...floors, routes: ['app', 'ui', 'domain'] };
  const built = Object.entries(rooms).filter(([room]) => existsSync(path.join(root, folderOf(room))));
  const heights = [...new Set(built.map(([room]) => heightOf(room, rooms)))].sort((a, b) => b - a);
  const drawnFloors = heights.map((height) =>
    built
      .filter(([room]) => heightOf(room, rooms) === height)
      .map(([room, below], index) => drawn(index === 0 ? `floor ${height}` : '', room, below))
      .join('\n'),
  );
  const server = drawn('beside', 'sync-server', ['sync/protocol', 'governance', 'documents', 'domain']);
  return [...drawnFloors, server].join('\n\n').replaceAll(/ +$/gm, '');
}

function drawn(height, room, below) {
  const margin = ' '.repeat(23);
  const inside = foldersIn(folderOf(room));
  return [
    `${height.padEnd(10)}${room.padEnd(13)}${purposes[room] ?? ''}`,
    ...(inside.length === 0 ? [] : [`${margin}${wrap(inside.join(' '), 78, margin)}`]),
    `${margin}stands on: ${below.length === 0 ? 'nothing' : below.join(', ')}`,
  ].join('\n');
}

/** How many floors lie below a room: the longest way down. */
function heightOf(room, rooms) {
  return Math.max(0, ...(rooms[room] ?? []).map((below) => heightOf(below, rooms) + 1));
}

function folderOf(room) {
  if (room === 'sync-server') return room;
  return room === 'routes' ? 'src/routes' : `src/lib/${room}`;
}

/** The rooms in a room. */
function foldersIn(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function wrap(words, width, indent) {
  const rows = [''];
  for (const word of words.split(' ')) {
    if (rows.at(-1).length + word.length + 1 > width) rows.push('');
    rows[rows.length - 1] += `${rows.at(-1) === '' ? '' : ' '}${word}`;
  }
  return rows.join(`\n${indent}`);
}

function split(whole, mark) {
  const at = whole.indexOf(mark);
  if (at < 0) fail(`README.md has no line ${mark.trim()}`);
  return [whole.slice(0, at), whole.slice(at + mark.length)];
}
