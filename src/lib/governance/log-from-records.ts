/**
 * A decision log for a copy of a workspace whose own log is somewhere else: a device of a shared workspace holds what
 * was decided as records, and the entries of the log are the server's. Restored, the copy decides for itself, so it
 * needs a log that leads to exactly these records. (G25)
 */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import { ROOT_DEPARTMENT, type Department } from '#lib/domain/organisation/department.ts';
import type { Command } from './command.ts';
import { appendDecision, EMPTY_LOG, headOf, type LogEntry } from './decision-log.ts';
import { contentDigest } from './digest.ts';
import type { DecisionEvent } from './event.ts';
import { evolveTerms } from './evolve-terms.ts';
import { MAX_PER_COMMAND } from './schema/command-schema.ts';
import { initialState, type Terms, type Workspace } from './state.ts';

export interface DecidedRecords {
  readonly workspace: Workspace;
  readonly departments: readonly Department[];
  readonly rates: readonly ExchangeRate[];
  readonly entries: readonly LedgerEntry[];
  /** By expense id: why it came back the last time, as far as this device may know. */
  readonly returned: ReadonlyMap<string, ReturnedRecord>;
}

interface ReturnedRecord {
  readonly reason: string;
  /** What its next posting makes, or made. */
  readonly generation: number;
  readonly posted: boolean;
}

export interface Attestation {
  /** Who restores the copy, and becomes its founder. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly newId: () => string;
  /** 32 random hex digits. */
  readonly salt: () => string;
}

/** The shortest log that leads to these records; its entries are attested by the device that made it. (G25) */
export function logFromRecords(records: DecidedRecords, { by, at, newId, salt }: Attestation): readonly LogEntry[] {
  const log: LogEntry[] = [];
  const append = (command: Command, events: readonly DecisionEvent[]): void => {
    const last = log.at(-1);
    const head = last === undefined ? EMPTY_LOG : headOf(last);
    const given = { id: newId(), command, by, at };
    log.push(appendDecision(head, { given, events, decidedAt: at, decider: 'device', salt: salt() }));
  };
  const { name, baseCurrency, calendar } = records.workspace;
  append({ kind: 'found-workspace', name, baseCurrency, calendar, founder: by }, termsEvents(records, by));
  for (const event of ledgerEvents(records)) append(commandOf(event), [event]);
  return log;
}

/** The founding, the departments in an order that the tree allows, and the rates. */
function termsEvents({ workspace, departments, rates }: DecidedRecords, founder: string): readonly DecisionEvent[] {
  const root = departments.find(({ id }) => id === ROOT_DEPARTMENT);
  const { name: presentName, baseCurrency, calendar } = workspace;
  const name = root?.versions[0]?.name ?? presentName;
  const others = departments.filter(({ id }) => id !== ROOT_DEPARTMENT);
  const later = departments.flatMap(({ id, versions }) =>
    versions.slice(1).map((version) => ({ kind: 'department-revised', id, version }) as const),
  );
  const events: readonly DecisionEvent[] = [
    { kind: 'workspace-founded', name, baseCurrency, calendar, founder },
    ...others.flatMap(({ id, versions: [version], area }) =>
      version === undefined ? [] : [{ kind: 'department-added', id, version, area } as const],
    ),
    ...later.sort((a, b) => ((a.version.from ?? '') < (b.version.from ?? '') ? -1 : 1)),
    ...others.flatMap(({ id, closedFrom }) =>
      closedFrom === null ? [] : [{ kind: 'department-closed', id, from: closedFrom } as const],
    ),
    ...(presentName === name ? [] : [{ kind: 'workspace-renamed', name: presentName } as const]),
    ...(rates.length === 0 ? [] : [{ kind: 'rates-set', rates } as const]),
  ];
  return inPossibleOrder(events);
}

/** A department follows the one it stands below, and of moves on one day the one that makes room comes first. */
function inPossibleOrder(events: readonly DecisionEvent[]): readonly DecisionEvent[] {
  let terms: Terms = initialState();
  let waiting = events;
  const ordered: DecisionEvent[] = [];
  for (;;) {
    const held: DecisionEvent[] = [];
    for (const event of waiting) {
      const next = evolveTerms(terms, event);
      if (next.ok) {
        terms = next.value;
        ordered.push(event);
      } else held.push(event);
    }
    if (held.length === 0 || held.length === waiting.length) return ordered;
    waiting = held;
  }
}

/** Postings and what took them back, round by round: no round holds an expense twice. */
function ledgerEvents({ entries, returned }: DecidedRecords): readonly DecisionEvent[] {
  const rounds = new Map<number, LedgerEntry[]>();
  for (const entry of entries) {
    const round = entry.generation * 2 + Number(entry.kind === 'reversal');
    const known = rounds.get(round);
    if (known === undefined) rounds.set(round, [entry]);
    else known.push(entry);
  }
  const latest = new Map<string, number>();
  for (const { expenseId, generation } of entries) {
    latest.set(expenseId, Math.max(latest.get(expenseId) ?? 0, generation));
  }
  // What was returned says why in a document of its own.
  const isReturned = ({ expenseId, generation, reason }: LedgerEntry): boolean =>
    reason === null || (returned.get(expenseId)?.posted === false && latest.get(expenseId) === generation);
  const reasonOf = ({ expenseId, generation, reason }: LedgerEntry): string => {
    const mark = returned.get(expenseId);
    return reason ?? (mark?.generation === generation + 1 ? mark.reason : NOT_KNOWN);
  };
  return [...rounds]
    .sort(([a], [b]) => a - b)
    .flatMap(([round, ofRound]) => (round % 2 === 0 ? posted(ofRound) : takenBack(ofRound, isReturned, reasonOf)));
}

function posted(entries: readonly LedgerEntry[]): readonly DecisionEvent[] {
  return inParts(entries).map((part) => ({
    kind: 'posted',
    // What the expenses said is not in the records: posting one of these again is refused as having other content.
    postings: part.map((entry) => ({ entry, content: contentDigest(entry), digest: contentDigest(entry) })),
    batch: null,
  }));
}

function takenBack(
  reversals: readonly LedgerEntry[],
  isReturned: (reversal: LedgerEntry) => boolean,
  reasonOf: (reversal: LedgerEntry) => string,
): readonly DecisionEvent[] {
  const groups = Map.groupBy(
    reversals,
    (reversal) => `${isReturned(reversal) ? 'returned' : 'reversed'} ${reasonOf(reversal)}`,
  );
  return [...groups.values()].flatMap((group) =>
    inParts(group).map((part) => {
      const [first] = part;
      const reason = first === undefined ? NOT_KNOWN : reasonOf(first);
      const kind = part.every(isReturned) ? ('returned' as const) : ('reversed' as const);
      return { kind, reversals: part.map((reversal) => ({ ...reversal, reason })), reason };
    }),
  );
}

/** Stands for the reason of a return that only others may read. */
const NOT_KNOWN = 'The reason is not in this copy';

function inParts<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / MAX_PER_COMMAND) }, (_, part) =>
    items.slice(part * MAX_PER_COMMAND, (part + 1) * MAX_PER_COMMAND),
  );
}

/** The command that would have asked for it; what it rested on is not known any more. */
function commandOf(event: DecisionEvent): Command {
  if (event.kind === 'returned') return { kind: 'return', entries: [], reason: event.reason };
  if (event.kind === 'reversed') return { kind: 'reverse', entries: [], reason: event.reason };
  return { kind: 'post', expenses: [], generations: {}, batch: null, undatedAs: null };
}
