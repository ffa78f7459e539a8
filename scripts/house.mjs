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

const readme = path.join(root, 'README.md');
const text = readFileSync(readme, 'utf8');
const [before, rest] = split(text, begin);
const [, after] = split(rest, end);
const drawn = `${before}${begin}\n\`\`\`text\n${picture()}\n\`\`\`\n\n${end}${after}`;

if (process.argv.includes('--check')) {
  if (drawn !== text) fail('The picture of the house in README.md is out of date: node scripts/house.mjs');
} else writeFileSync(readme, drawn);

function picture() {
  const rooms = { ...floors, routes: ['app', 'ui', 'domain'] };
  const built = Object.entries(rooms).filter(([room]) => listed(folderOf(room)).length > 0);
  const lines = built.map(([room, below]) => ({
    height: heightOf(room, rooms),
    text: `${room.padEnd(12)} ${wrap(listed(folderOf(room)).join(' '), 62, ' '.repeat(23))}`,
    stands: `${' '.repeat(23)}stands on: ${below.length === 0 ? 'nothing' : below.join(', ')}`,
  }));
  const heights = [...new Set(lines.map(({ height }) => height))].sort((a, b) => b - a);
  const drawnFloors = heights.map((height) =>
    lines
      .filter((line) => line.height === height)
      .map((line, index) => `${(index === 0 ? `floor ${height}` : '').padEnd(10)}${line.text}\n${line.stands}`)
      .join('\n'),
  );
  const server = `beside    sync-server  ${wrap(listed('sync-server').join(' '), 62, ' '.repeat(23))}\n${' '.repeat(23)}stands on: sync/protocol, governance, documents, domain`;
  return [...drawnFloors, server].join('\n\n').replaceAll(/ +$/gm, '');
}

/** How many floors lie below a room: the longest way down. */
function heightOf(room, rooms) {
  return Math.max(0, ...(rooms[room] ?? []).map((below) => heightOf(below, rooms) + 1));
}

function folderOf(room) {
  return room === 'routes' ? 'src/routes' : `src/lib/${room}`;
}

/** The rooms in a folder: its folders and its modules, without framework marks, endings and papers. */
function listed(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  const names = readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.(ts|svelte)$/.test(entry.name))
    .filter((entry) => !entry.name.startsWith('+') || entry.name === '+page.svelte')
    .map((entry) => (entry.name === '+page.svelte' ? 'overview' : entry.name.replace(/(\.svelte)?\.(ts|svelte)$/, '')));
  return [...new Set(names)].sort();
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
