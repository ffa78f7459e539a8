/** Writes the stand-alone verifier into the built app: one file with everything in it, `build/verify-audit.html`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;
const built = await build({
  configFile: false,
  logLevel: 'error',
  build: { write: false, rolldownOptions: { input: path.join(here, 'page.ts') } },
});
const output = [built].flat().find((one) => 'output' in one);
if (output === undefined) throw new Error('The verifier was not built');
const script = output.output[0].code.replaceAll('</script', '<\\/script');
const page = readFileSync(path.join(here, 'page.html'), 'utf8');
const target = path.resolve(here, '../../build/verify-audit.html');
// A function: the script holds `$&`, which means something in a replacement text.
writeFileSync(
  target,
  page.replace('/* verifier */', () => script),
);
