/** Some people at work on real servers, what they typed, and what of it the servers said to have. */
import type { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { House } from './house.ts';

export const DOCUMENTS = ['core', 'plan/v1/root', 'talk/2027/root'];
const WITHIN_MS = 60_000;

export interface Figures {
  readonly lost: number;
  readonly divergent: number;
  readonly silentDrops: number;
  readonly broken: readonly string[];
}

export class Company {
  readonly house: House;
  readonly founder: Person;
  readonly people: readonly Person[];
  readonly proxies: readonly FaultProxy[];
  readonly typed: { readonly document: string; readonly key: string; readonly row: string; readonly by: Person }[] = [];
  readonly acknowledged = new Set<string>();

  private constructor(house: House, people: readonly Person[], proxies: readonly FaultProxy[]) {
    this.house = house;
    this.people = people;
    this.founder = people[0] as Person;
    this.proxies = proxies;
    for (const person of people) {
      const acknowledge = person.store.acknowledge.bind(person.store);
      person.store.acknowledge = async (document, acknowledged) => {
        await acknowledge(document, acknowledged);
        for (const { key } of acknowledged.rows) this.acknowledged.add(key);
      };
    }
  }

  /** A founder and two more, each on a way of their own, with a document open. */
  static async gather(house: House): Promise<Company> {
    const proxies = await Promise.all([0, 1, 2].map((n) => FaultProxy.to(serverOf(house, n).port)));
    const founder = await Person.found(proxies[0]?.url ?? '');
    const people = [founder];
    for (const proxy of proxies.slice(1)) {
      const invited = await founder.invite();
      await invited.leave();
      const { device, workspace } = invited;
      people.push(await Person.arrive({ url: proxy.url, workspace, device }));
    }
    for (const [n, person] of people.entries()) person.attach(DOCUMENTS[n % DOCUMENTS.length]);
    await Promise.all(people.map((person) => person.synced()));
    return new Company(house, people, proxies);
  }

  /** The server that most faults happen to: the founder's. */
  get server(): ServerProcess {
    return serverOf(this.house, 0);
  }

  peopleAt(server: ServerProcess): readonly Person[] {
    return this.people.filter((_person, n) => serverOf(this.house, n) === server);
  }

  type(person: Person, document: string): void {
    const key = `k${this.typed.length}`;
    person.type(key, this.typed.length, document);
    const row = person.store.lastRow(document);
    if (row !== null) this.typed.push({ document, key, row: row.key, by: person });
  }

  /** Everybody is in step, twice: what the last ones sent has been told to the others. */
  async settle(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      for (const person of this.people) person.connection.tryNow();
      await until(
        () => this.people.every(({ status }) => status.kind === 'synced'),
        () => this.#statuses(),
        WITHIN_MS,
      );
      if (round === 0) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await until(
      () => this.#isAgreed(),
      () => `people on different versions: ${this.#counts()}`,
      WITHIN_MS,
    );
  }

  /** A device that has nothing yet gets everything there is; then everybody is compared with it. */
  async compare(): Promise<Figures> {
    const { device, workspace } = this.founder;
    const fresh = await Person.arrive({ url: this.server.url, workspace, device });
    await fresh.synced();
    const here = new Set(
      DOCUMENTS.flatMap((document) => Object.keys(fresh.content(document)).map((key) => `${document} ${key}`)),
    );
    await fresh.leave();
    const missing = this.typed.filter(({ document, key }) => !here.has(`${document} ${key}`));
    const parked = new Set(this.people.flatMap(({ store }) => store.parked.map(({ row }) => row.key)));
    const lost = missing.filter(({ row }) => this.acknowledged.has(row));
    const dropped = missing.filter(({ row }) => !parked.has(row));
    const unlike = this.people.filter((person) => keysOf(person) !== here.size);
    const lies = this.people.reduce((sum, person) => sum + person.lies, 0);
    return {
      lost: lost.length,
      divergent: unlike.length,
      silentDrops: dropped.length,
      broken: [
        ...lost.map(({ document, key }) => `acknowledged and gone: ${key} of ${document}`),
        ...dropped.map(({ document, key }) => `typed, and neither there nor parked: ${key} of ${document}`),
        ...unlike.map((person) => `${keysOf(person)} entries on a device, ${here.size} on a fresh one`),
        ...(lies > 0 ? [`said to be synced before the acknowledgement: ${lies} times`] : []),
      ],
    };
  }

  async disperse(): Promise<void> {
    await Promise.all(this.people.map((person) => person.leave()));
    for (const proxy of this.proxies) proxy.close();
    await this.house.dispose();
  }

  #isAgreed(): boolean {
    const counts = this.people.map(keysOf);
    return counts.every((count) => count === counts[0]);
  }

  #counts(): string {
    const ofPerson = (person: Person): string =>
      DOCUMENTS.map((document) => Object.keys(person.content(document)).length).join(' ');
    return this.people.map(ofPerson).join(', ');
  }

  #statuses(): string {
    return this.people.map(({ status }) => JSON.stringify(status)).join(' ');
  }
}

/** Those who work together are spread over the servers. */
function serverOf({ servers }: House, n: number): ServerProcess {
  return servers[n % servers.length] as ServerProcess;
}

function keysOf(person: Person): number {
  return DOCUMENTS.reduce((sum, document) => sum + Object.keys(person.content(document)).length, 0);
}
