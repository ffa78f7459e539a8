/** `npm start`: install what is missing, build when the sources changed, serve app and sync server as one process. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuild, ensurePackages, environment, node24, root } from './setup.mjs';

ensurePackages();
ensureBuild();

const server = spawn(node24(), [path.join(root, 'sync-server', 'main.ts')], {
  cwd: root,
  env: environment(),
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
