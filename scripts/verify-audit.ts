/**
 * Checks an exported audit chain without network: `node scripts/verify-audit.ts FILE [--key HEX]`. Says in a sentence
 * what was found; exit code 0 when nothing was changed, 1 when something was, 2 when there is no file to check.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explainVerdict } from '../src/lib/governance/audit/export/explain.ts';
import { verifyExport } from '../src/lib/governance/audit/export/verify-export.ts';

const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
const [name] = positionals;
const file = name === undefined ? null : read(name);
if (file === null) {
  console.error('usage: node scripts/verify-audit.ts FILE [--key HEX]');
  process.exit(2);
}
const verdict = await verifyExport(file, values.key ?? null);
console.log(explainVerdict(verdict));
process.exitCode = verdict.ok ? 0 : 1;

function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    console.error(`${path} cannot be read.`);
    return null;
  }
}
