/** What must hold when everything works again, whatever happened before. */
import { contentOf } from '#lib/documents/content.ts';
import { openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import { contentHash } from '#lib/governance/approval/content.ts';
import { recordFaults } from '#tests/support/record.ts';
import { textOf } from '#tests/support/text-of.ts';
import type { Person } from '#tests/sync/support/person.ts';
import { DOCUMENTS, MARCH, PLAN } from './deeds.ts';
import type { Ground, Typed } from './ground.ts';

export interface Findings {
  readonly acknowledged: number;
  readonly lost: number;
  readonly divergent: number;
  readonly silentDrops: number;
  /** Writes that were accepted though they were not allowed. */
  readonly forbidden: number;
  /** Everything that does not hold, in sentences. */
  readonly broken: readonly string[];
}

const MOST_ENTRIES = 100_000;
/** What is posted after the month was closed counts in the next one. */
const LEDGERS = [MARCH, 'ledger/2027-04/root'];

export async function findings(ground: Ground, fresh: Person): Promise<Findings> {
  const real = ground.typed.filter(({ isForged }) => !isForged);
  const isThere = ({ standsAt }: Typed): boolean => standsAt(fresh);
  const stores = new Set(ground.players.map(({ store }) => store));
  const parked = new Set([...stores].flatMap((store) => store.parked.map(({ row }) => row.key)));
  const missing = real.filter((typed) => !isThere(typed));
  const lost = missing.filter(({ document, row }) => ground.acknowledged.has(`${document} ${row}`));
  const dropped = missing.filter(({ store, row }) => stores.has(store) && !parked.has(row));
  const forged = ground.typed.filter((typed) => typed.isForged);
  const accepted = forged.filter(isThere);
  const record = await recordFaults(ground.storage, ground.founder.person.workspace);
  const unjustified = [...record.forbidden, ...(await forgedDecisions(ground))];
  const unparked = forged.filter((typed) => stores.has(typed.store) && !parked.has(typed.row) && !isThere(typed));
  for (const store of stores)
    for (const { reason } of store.parked) {
      if (reason === 'sealed') ground.note('sealed-write');
      if (reason === 'not-allowed') ground.note('write-without-role');
    }
  const divergent = divergences(ground, fresh);
  const lies = ground.players.reduce((sum, { person }) => sum + person.lies, ground.lies);
  const broken = [
    ...lost.map(({ document, key }) => `acknowledged and gone: ${key} of ${document}`),
    ...dropped.map(({ document, key }) => `typed, and neither there nor parked: ${key} of ${document}`),
    ...unparked.map(({ document, key }) => `refused and not parked: ${key} of ${document}`),
    ...accepted.map(({ document, key }) => `accepted though not allowed: ${key} of ${document}`),
    ...unjustified,
    ...divergent,
    ...(lies > 0 ? [`said to be synced before the acknowledgement: ${lies} times`] : []),
    ...misposted(ground, fresh),
    ...unanswered(ground),
    ...(await brokenSeals(ground, fresh)),
    ...record.broken,
    ...(await unboundedRows(ground)),
  ];
  return {
    acknowledged: ground.acknowledged.size,
    lost: lost.length,
    divergent: divergent.length,
    silentDrops: dropped.length + unparked.length,
    forbidden: accepted.length + unjustified.length,
    broken,
  };
}

/** Every device that is left, what its store would load, and a fresh device agree. */
function divergences(ground: Ground, fresh: Person): readonly string[] {
  const inboxes = ground.players.map(({ person }) => `inbox/${person.member}`);
  const found: string[] = [];
  for (const document of [...DOCUMENTS, PLAN, ...new Set(inboxes), ...LEDGERS, 'decisions/root', 'approvals/root']) {
    const expected = textOf(fresh.doc(document));
    for (const { name, person } of ground.players) {
      if (textOf(person.doc(document)) !== expected) found.push(`${name} has another ${document}`);
      const stored = newDocument();
      applyRows(stored, person.store.rows(document));
      if (textOf(stored) !== expected) found.push(`the store of ${name} has another ${document}`);
    }
  }
  return found;
}

/** What was answered stands in the ledger exactly once; nothing stands there twice. */
function misposted(ground: Ground, fresh: Person): readonly string[] {
  const counts = new Map<string, number>();
  for (const { expenseId } of LEDGERS.flatMap((ledger) => [...openLedger(fresh.doc(ledger)).entries.all()])) {
    counts.set(expenseId, (counts.get(expenseId) ?? 0) + 1);
  }
  const here = new Set(ground.players.map(({ store }) => store));
  return [...ground.posted].flatMap(([expense, commands]) => {
    const count = counts.get(expense) ?? 0;
    // Whoever had no right to post any more was told so; that is no posting that is missing.
    const isRefused = ({ store, command }: (typeof commands)[number]): boolean => {
      const answer = store.answers.get(command);
      return answer?.ok === false && answer.error.kind === 'not-allowed';
    };
    const due = commands.filter(
      (given) => (here.has(given.store) || given.store.answers.has(given.command)) && !isRefused(given),
    );
    return [
      ...(count > 1 || (due.length > 0 && count === 0) ? [`${expense} stands in the ledger ${count} times`] : []),
    ];
  });
}

function unanswered({ asked, players }: Ground): readonly string[] {
  const here = new Set(players.map(({ store }) => store));
  const waiting = asked.filter(({ store, command }) => here.has(store) && !store.answers.has(command));
  return waiting.map(({ command }) => `command ${command} has no answer`);
}

/** What was sealed is what it was. */
async function brokenSeals({ storage, founder }: Ground, fresh: Person): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const document of [PLAN, MARCH]) {
    const seal = await storage.sealOf(founder.person.workspace, document);
    const hash = contentHash(document, contentOf(document, fresh.doc(document)));
    if (seal !== null && seal.hash !== hash) broken.push(`${document} is sealed and was changed`);
  }
  return broken;
}

/** A command is its giver's, whoever it says gave it. */
async function forgedDecisions({ storage, founder, asked }: Ground): Promise<readonly string[]> {
  const log = await storage.log(founder.person.workspace, 0, MOST_ENTRIES);
  const givers = new Map(asked.map(({ command, member }) => [command, member]));
  const forged = log.filter(({ commandId, by }) => (givers.get(commandId) ?? by) !== by);
  return forged.map(({ seq, by }) => `decision ${seq} is said to be by ${by}`);
}

/** A row delivered again is the same row: there are never more than were typed or decided. */
async function unboundedRows({ storage, founder, typed, posted }: Ground): Promise<readonly string[]> {
  const heads = await storage.heads(founder.person.workspace);
  const rows = heads.reduce((sum, { document, head }) => sum + (/^(decisions|approvals)/.test(document) ? 0 : head), 0);
  const most = typed.length + posted.size;
  return rows > most ? [`${rows} rows for ${most} that were typed or posted`] : [];
}
