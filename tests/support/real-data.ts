import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../../shared/data');

/** A folder of real files that lie beside the project and not in it; undefined where they are not there. CI must have them. */
export function realData(name: string): string | undefined {
  const found = path.join(folder, name);
  if (existsSync(found)) return found;
  if (process.env['CI'] === 'true') throw new Error(`The real files of ${found} are missing.`);
  console.warn(`Skipped: the real files of ${found} are not on this machine.`);
  return undefined;
}
