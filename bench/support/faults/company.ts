/** Some people at work on real servers, what they typed, and what of it the servers said to have. */
import type { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { textOf } from '#tests/support/text-of.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { House } from './house.ts';
import { LEDGERS, Office, PLAN } from './office.ts';
import { RecordKeeper } from './record-keeper.ts';

export const DOCUMENTS = ['core', 'plan/v1/root', 'talk/2027/root'];
/** What everybody must have alike. */
const SHARED = [...DOCUMENTS, PLAN, ...LEDGERS, 'decisions/root', 'approvals/root'];
const WITHIN_MS = 60_000;

interface Typed {
  readonly document: string;
  readonly key: string;
  readonly row: string;
  readonly by: Person;
  /** It was not allowed: it must come to nothing, and be parked. */
  readonly isForged: boolean;
  readonly standsAt: (person: Person) => boolean;
}

export interface Figures {
  readonly lost: number;
  readonly divergent: number;
  readonly silentDrops: number;
  readonly forbidden: number;
  readonly broken: readonly string[];
}

export class Company {
  readonly house: House;
  readonly founder: Person;
  readonly people: readonly Person[];
  readonly proxies: readonly FaultProxy[];
  readonly typed: Typed[] = [];
  readonly acknowledged = new Set<string>();
  readonly office: Office;
  readonly keeper: RecordKeeper;

  private constructor(house: House, people: readonly Person[], proxies: readonly FaultProxy[]) {
    this.house = house;
    this.people = people;
    this.founder = people[0] as Person;
    this.proxies = proxies;
    this.office = new Office(this);
    this.keeper = new RecordKeeper(this);
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

  type(person: Person, document: string, isForged = false): void {
    const key = `k${this.typed.length}`;
    person.type(key, this.typed.length, document);
    this.noteTyped(person, document, key, (other) => key in other.content(document), isForged);
  }

  noteTyped(by: Person, document: string, key: string, standsAt: Typed['standsAt'], isForged = false): void {
    const row = by.store.lastRow(document);
    if (row !== null) this.typed.push({ document, key, row: row.key, by, isForged, standsAt });
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
      () => this.#differences(),
      WITHIN_MS,
    );
  }

  /**
   * A device that has nothing yet gets everything there is, and everybody is compared with it; then the servers' record
   * is looked at. `wentBack`: they go on from a copy of earlier.
   */
  async compare(wentBack: boolean): Promise<Figures> {
    const { device, workspace } = this.founder;
    const fresh = await Person.arrive({ url: this.server.url, workspace, device });
    await fresh.synced();
    const missing = this.typed.filter(({ isForged, standsAt }) => !isForged && !standsAt(fresh));
    const forged = this.typed.filter(({ isForged }) => isForged);
    const accepted = forged.filter(({ standsAt }) => standsAt(fresh));
    const unlike = this.people.flatMap((person) => differences(person, fresh));
    const decided = this.office.findings(fresh);
    await fresh.leave();
    const parked = new Set(this.people.flatMap(({ store }) => store.parked.map(({ row }) => row.key)));
    const lost = missing.filter(({ row }) => this.acknowledged.has(row));
    const dropped = [...missing, ...forged].filter(({ row }) => !parked.has(row));
    const lies = this.people.reduce((sum, person) => sum + person.lies, 0);
    const record = await this.keeper.faults(wentBack);
    return {
      lost: lost.length,
      divergent: unlike.length,
      silentDrops: dropped.length,
      forbidden: accepted.length + record.forbidden.length,
      broken: [
        ...lost.map(({ document, key }) => `acknowledged and gone: ${key} of ${document}`),
        ...dropped.map(({ document, key }) => `typed, and neither there nor parked: ${key} of ${document}`),
        ...accepted.map(({ document, key }) => `accepted though not allowed: ${key} of ${document}`),
        ...unlike,
        ...(lies > 0 ? [`said to be synced before the acknowledgement: ${lies} times`] : []),
        ...decided,
        ...record.forbidden,
        ...record.broken,
      ],
    };
  }

  async disperse(): Promise<void> {
    await Promise.all(this.people.map((person) => person.leave()));
    for (const proxy of this.proxies) proxy.close();
    await this.house.dispose();
  }

  #isAgreed(): boolean {
    return this.people.every((person) => differences(person, this.founder).length === 0);
  }

  #differences(): string {
    return this.people.flatMap((person) => differences(person, this.founder)).join(', ');
  }

  #statuses(): string {
    return this.people.map(({ status }) => JSON.stringify(status)).join(' ');
  }
}

/** Those who work together are spread over the servers. */
function serverOf({ servers }: House, n: number): ServerProcess {
  return servers[n % servers.length] as ServerProcess;
}

function differences(person: Person, other: Person): readonly string[] {
  const unlike = SHARED.filter((document) => textOf(person.doc(document)) !== textOf(other.doc(document)));
  return unlike.map((document) => `${person.member} has another ${document}`);
}
