/** The people of one workspace on one server, each with a browser of their own. */
import type { Page } from '@playwright/test';
import { ServerProcess, type ProcessOptions } from '#tests/support/server-process.ts';
import { openBudget } from './grid.ts';
import { exploreSample, PersonInBrowser } from './person.ts';
import { joinBy, shareWorkspace } from './sharing.ts';

export class Company {
  readonly server: ServerProcess;
  readonly #people: PersonInBrowser[] = [];

  private constructor(server: ServerProcess) {
    this.server = server;
  }

  static async open(options: ProcessOptions = {}): Promise<Company> {
    return new Company(await ServerProcess.start(options));
  }

  /** Somebody comes who has not been here before; their browser opens with their first tab. */
  async person(viewport?: { width: number; height: number }): Promise<PersonInBrowser> {
    return this.#greet(await PersonInBrowser.at(this.server, viewport));
  }

  async personWithPhone(locale = 'en-US'): Promise<PersonInBrowser> {
    return this.#greet(await PersonInBrowser.withPhone(this.server, locale));
  }

  /** In a browser that gives the app no service worker, which lives in the process of some tab and dies with it. */
  async personWithoutServiceWorker(): Promise<PersonInBrowser> {
    return this.#greet(await PersonInBrowser.withoutServiceWorker(this.server));
  }

  /** Everybody goes home, and the server's data is thrown away. */
  async close(): Promise<void> {
    for (const person of this.#people) await person.dispose();
    await this.server.dispose();
  }

  #greet(person: PersonInBrowser): PersonInBrowser {
    this.#people.push(person);
    return person;
  }
}

/** Founds the sample workspace, becomes its owner Ines and shares it; gives a link for somebody in this role. */
export async function shareSample(owner: PersonInBrowser, role?: string): Promise<{ page: Page; link: string }> {
  const page = await owner.tab();
  await exploreSample(page, owner.url);
  return { page, link: await shareWorkspace(page, owner.url, role) };
}

/** Somebody opens a link in their own browser and joins with an account of their own. */
export async function joinAs(person: PersonInBrowser, link: string, name: string): Promise<Page> {
  const page = await person.tab();
  await joinBy(page, person.url, link, name);
  return page;
}

/** The owner and somebody who joined by their link, each with the budget of the sample open. */
export async function bothOnTheBudget(
  owner: PersonInBrowser,
  other: PersonInBrowser,
): Promise<{ a: Page; b: Page; link: string }> {
  const { page: a, link } = await shareSample(owner);
  const b = await joinAs(other, link, 'Ben');
  await openBudget(a, owner.url);
  await openBudget(b, other.url);
  return { a, b, link };
}
