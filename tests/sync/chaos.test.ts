import { expect, test } from 'vitest';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { FlakyNetwork } from './support/flaky-network.ts';
import { Person } from './support/person.ts';

const DOCUMENTS = ['core', 'plan/v1/root', 'talk/2027/root'];
const STEPS = 250;

test.each([1, Date.now() % 100_000])(
  'cuts, silence and kills, seed %i: everybody ends with everything',
  async (seed) => {
    const random = numbersFrom(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const server = await ServerProcess.start();
    const networks = await Promise.all([0, 1, 2].map(() => FlakyNetwork.to(server.port)));
    const founder = await Person.found(server.url);
    const people: Person[] = [];
    for (const network of networks) {
      const { token } = await founder.invitation();
      people.push(await Person.arrive({ url: network.url, workspace: founder.workspace, token }));
    }
    for (const person of people) person.attach(pick(DOCUMENTS));
    const typed: string[] = [];

    for (let step = 0; step < STEPS; step += 1) {
      const chance = random();
      if (chance < 0.85) {
        const document = pick(DOCUMENTS);
        const key = `s${step}`;
        pick(people).type(key, step, document);
        typed.push(`${document} ${key}`);
      } else if (chance < 0.93) pick(networks).cut();
      else if (chance < 0.95) pick(networks).goDown();
      else if (chance < 0.985) pick(networks).comeBack();
      else {
        await server.kill();
        await server.startAgain();
      }
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 40));
    }

    for (const network of networks) network.comeBack();
    for (const person of people) person.connection.tryNow();
    const everybody = [founder, ...people];
    await Promise.all(everybody.map((person) => person.synced()));
    // What the last ones sent is told to the others within a moment; then they are in step once more.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await Promise.all(everybody.map((person) => person.synced()));
    for (const person of everybody) {
      const found = DOCUMENTS.flatMap((name) => Object.keys(person.content(name)).map((key) => `${name} ${key}`));
      expect(found.toSorted()).toEqual(typed.toSorted());
      expect([person.lies, person.store.parked.length, person.rebuilds]).toEqual([0, 0, []]);
    }
    await Promise.all(everybody.map((person) => person.leave()));
    for (const network of networks) network.close();
    await server.dispose();
  },
);
