/**
 * How large what a browser downloads is: gzipped bytes of the shell, of each route's own chunks, of the styles and of
 * the precache, against the budgets. Prints a line for each route and one summary line.
 *
 *   node bench/bundle.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureBuild, root } from '../scripts/setup.mjs';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const limitsKB = { shell: 60, overview: 130, route: 45, budget: 40, collaboration: 55, styles: 18, precache: 900 };
const precacheFilesLimit = 150;
const kit = path.join(root, '.svelte-kit');

ensureBuild();
const manifest = JSON.parse(
  readFileSync(path.join(kit, 'output', 'client', '.vite', 'manifest.json'), 'utf8'),
) as Readonly<Record<string, Chunk>>;
const chunks = new Map(Object.entries(manifest));

const generated = '.svelte-kit/generated/client-optimized';
const shell = closure([`${generated}/app.js`, 'node_modules/@sveltejs/kit/src/runtime/client/entry.js', node(0)]);
const started = closure(['src/routes/Started.svelte']);
const collaboration = closure(['src/lib/app/collaboration.ts', 'src/lib/app/server-line.ts']);

let over = 0;
for (const [route, nodes] of routes()) {
  const all = closure(nodes.map(node));
  // The Overview's budget is everything it needs to be interactive; other routes are held to what they add to it.
  if (route === '/') {
    const interactive = new Set([...shell, ...started, ...all]);
    report('/ with the shell', interactive, limitsKB.overview);
    // Drawn once the figures stand and answer.
    report('/ chart', difference(closure(['src/lib/ui/chart/PlanActualChart.svelte']), interactive), limitsKB.route);
  } else {
    const own = [shell, started, collaboration].reduce(difference, all);
    report(route, own, route === '/budget' ? limitsKB.budget : limitsKB.route);
  }
}
report('collaboration core', difference(difference(collaboration, shell), started), limitsKB.collaboration);
report('shell', shell, limitsKB.shell);
reportSize('styles', sizeOf([...chunks.values()].flatMap((chunk) => chunk.css ?? [])), limitsKB.styles);

const precached = precache();
reportSize('precache', sizeOf(precached), limitsKB.precache);
if (precached.length > precacheFilesLimit) over += 1;

print({
  shellKB: kilobytes(sizeOf(filesOf(shell))),
  precacheKB: kilobytes(sizeOf(precached)),
  precacheFiles: precached.length,
  over,
});

function report(route: string, names: ReadonlySet<string>, limitKB: number): void {
  reportSize(route, sizeOf(filesOf(names)), limitKB);
}

function reportSize(route: string, bytes: number, limitKB: number): void {
  if (bytes > limitKB * 1000) over += 1;
  print({ route, gzKB: kilobytes(bytes), limitKB });
}

/** Every chunk that loading these loads with it, without what is only imported on demand. */
function closure(names: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    const chunk = chunks.get(name);
    if (chunk === undefined) throw new Error(`The build's manifest does not know ${name}.`);
    reached.add(name);
    waiting.push(...(chunk.imports ?? []));
  }
  return reached;
}

function difference(all: ReadonlySet<string>, without: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...all].filter((name) => !without.has(name)));
}

function filesOf(names: ReadonlySet<string>): string[] {
  return [...names].map((name) => chunks.get(name)?.file ?? '');
}

function sizeOf(files: readonly string[]): number {
  return [...new Set(files)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(root, 'build', file))).length,
    0,
  );
}

function node(number: number): string {
  return `${generated}/nodes/${number}.js`;
}

/** Route id -> numbers of the nodes it renders, from the dictionary that the framework generates. */
function routes(): [string, number[]][] {
  const app = readFileSync(path.join(root, generated, 'app.js'), 'utf8');
  const dictionary = /export const dictionary = \{([^]*?)\};/.exec(app)?.[1] ?? '';
  return [...dictionary.matchAll(/"([^"]+)": \[([^\]]*)\]/g)].map(([, route = '', numbers = '']) => [
    route,
    (numbers.match(/\d+/g) ?? []).map(Number),
  ]);
}

/** The files that the built service worker precaches. */
function precache(): string[] {
  const worker = path.join(root, 'build', 'sw.js');
  if (!existsSync(worker)) throw new Error('The build has no service worker.');
  const urls = [...readFileSync(worker, 'utf8').matchAll(/url:\s*"([^"]+)"/g)].map(([, url = '']) => url);
  if (urls.length === 0) throw new Error('The service worker precaches nothing.');
  return urls.map((url) => (url === '/' ? 'index.html' : url));
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
