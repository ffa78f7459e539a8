/** What may be asked about one person of a workspace, and by whom. (E1) */
import type { PersonFile } from '#lib/governance/privacy/person-file.ts';
import { mayGiveKind } from '#lib/governance/rights/rights.ts';
import type { Authorised } from '../files/authorise.ts';
import type { Deciders } from '../workspace/deciders.ts';
import { accessOf } from '../workspace/standing.ts';
import { collectPerson } from './collect-person.ts';
import type { Kept } from './collect-person.ts';

export interface PersonDeskOptions extends Kept {
  readonly deciders: Pick<Deciders, 'of'>;
  readonly now: () => Date;
}

export class PersonDesk {
  readonly #options: PersonDeskOptions;

  constructor(options: PersonDeskOptions) {
    this.#options = options;
  }

  /** Everything about a member, for themself and for whoever may remove people; null for others. */
  async file(by: Authorised, id: string): Promise<PersonFile | null> {
    const { workspace } = by;
    const standing = await this.#options.deciders.of(workspace).standing(by.member);
    const member = standing.people.members.get(id);
    const isOwn = by.member === id;
    if (member === undefined) return null;
    if (!isOwn && mayGiveKind(accessOf(standing, by.member), 'remove-member') !== null) return null;
    const at = this.#options.now().toISOString();
    return collectPerson(this.#options, { workspace, member, people: standing.people, madeBy: by.member, at });
  }
}
