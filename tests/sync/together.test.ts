import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.dispose());

test('what one person types, the other sees, over providers and without', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  ana.attach();
  ben.attach();
  ana.type('a', 1);
  ben.type('b', 2);
  await until(() => ana.content()['b'] === 2 && ben.content()['a'] === 1);
  ben.type('c', 3, 'plan/v1/root');
  await until(() => ana.content('plan/v1/root')['c'] === 3 || ana.store.rows('plan/v1/root').length > 0);
  await Promise.all([ana.synced(), ben.synced()]);
  expect(ana.content('plan/v1/root')).toEqual({ c: 3 });
  expect(ana.faults).toEqual([]);
  await Promise.all([ana.leave(), ben.leave()]);
});
