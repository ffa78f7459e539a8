/** `npm run test:cluster`: several servers on one real PostgreSQL and Redis, which are installed when missing. */
import { spawnSync } from 'node:child_process';
import { ensureBuild, ensureDatabases, ensurePackages, environment, root } from './setup.mjs';

ensurePackages();
ensureDatabases();
ensureBuild();
const args = ['run', '--project', 'cluster', ...process.argv.slice(2)];
process.exitCode = spawnSync('vitest', args, { cwd: root, env: environment(), stdio: 'inherit' }).status ?? 1;
