/**
 * What is left to do about people who were erased: at once, or when a retention clock has run out. Doing it again
 * changes nothing, so whatever broke off is taken up by the next look. (E2, E4)
 */
import type { Member, People } from '#lib/governance/people/people.ts';
import { retentionOf } from '#lib/governance/people/people.ts';
import { yearsAfter } from '#lib/governance/privacy/retention.ts';
import type { AccountStorage } from '../accounts/account-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { namesMember } from './names-member.ts';

export interface ErasureOptions {
  readonly workspace: string;
  readonly people: People;
  readonly storage: Pick<Storage, 'forgetDevices' | 'audit' | 'eraseAudit' | 'head'>;
  readonly accounts: Pick<AccountStorage, 'forgetMember'>;
  readonly now: () => Date;
  /** Lets documents begin anew with nothing in them. */
  readonly empty: (documents: readonly string[]) => Promise<void>;
}

const PAGE = 1000;

export async function finishErasure(options: ErasureOptions): Promise<void> {
  const { workspace, people, storage, accounts } = options;
  const erased = [...people.members.values()].filter(({ erasedAt }) => erasedAt !== undefined);
  if (erased.length === 0) return;
  for (const { id } of erased) {
    await accounts.forgetMember(workspace, id);
    await storage.forgetDevices(workspace, id);
  }
  await eraseDocuments(options, erased);
  await eraseFromChain(options, erased);
}

/** What they captured, once it is as old as records are to be kept. */
async function eraseDocuments(
  { workspace, people, storage, now, empty }: ErasureOptions,
  erased: readonly Member[],
): Promise<void> {
  const { records } = retentionOf(people);
  const today = now().toISOString();
  const due = erased.filter(({ removedAt }) => yearsAfter(removedAt ?? '', records) <= today);
  const documents: string[] = [];
  for (const document of due.flatMap(({ id }) => [`inbox/${id}`, `returns/${id}`])) {
    const head = await storage.head(workspace, document);
    if (head !== null && !isEmptied(head)) documents.push(document);
  }
  if (documents.length > 0) await empty(documents);
}

/** Begun anew on purpose, with one row that says nothing. */
function isEmptied({ incarnation, head }: { readonly incarnation: string; readonly head: number }): boolean {
  return /!(~|$)/.test(incarnation) && head === 1;
}

/** What the chain says of them, entry by entry, once it is as old as that is to be kept. */
async function eraseFromChain(
  { workspace, people, storage, now }: ErasureOptions,
  erased: readonly Member[],
): Promise<void> {
  const { audit } = retentionOf(people);
  // Asked only now: that documents were emptied a moment ago stands in the chain as well.
  const today = now().toISOString();
  for (let after = 0; ;) {
    const { entries, damagedAt } = await storage.audit(workspace, after, PAGE);
    const due = entries.filter(
      (entry) => yearsAfter(entry.at, audit) <= today && erased.some(({ id }) => namesMember(entry, id)),
    );
    if (due.length > 0) {
      await storage.eraseAudit(
        workspace,
        due.map(({ seq }) => seq),
      );
    }
    const last = damagedAt ?? entries.at(-1)?.seq;
    if (last === undefined) return;
    after = last;
  }
}
