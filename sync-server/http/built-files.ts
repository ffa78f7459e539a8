/** The files of the built app, found once at the start: what is not in this table is not served, whatever the path. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
  readonly etag: string;
  /** The same content made smaller before, by content encoding, best first. */
  readonly smaller: readonly { readonly encoding: 'br' | 'gzip'; readonly path: string; readonly bytes: number }[];
}

const SUFFIXES = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** By their path in an address, `/` first. Empty when the app has not been built. */
export function builtFiles(folder: string): ReadonlyMap<string, BuiltFile> {
  const paths = filesIn(folder);
  const present = new Set(paths);
  const isSmaller = (path: string): boolean =>
    SUFFIXES.some(([, suffix]) => path.endsWith(suffix) && present.has(path.slice(0, -suffix.length)));
  const files = paths
    .filter((path) => !isSmaller(path))
    .map((path) => [addressOf(folder, path), fileAt(path, present)]);
  return new Map(files as [string, BuiltFile][]);
}

function filesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function fileAt(path: string, present: ReadonlySet<string>): BuiltFile {
  const { size, mtimeMs } = statSync(path);
  const smaller = SUFFIXES.filter(([, suffix]) => present.has(path + suffix)).map(([encoding, suffix]) => ({
    encoding,
    path: path + suffix,
    bytes: statSync(path + suffix).size,
  }));
  return { path, bytes: size, etag: `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`, smaller };
}

function addressOf(folder: string, path: string): string {
  return `/${relative(folder, path).split(sep).join('/')}`;
}
