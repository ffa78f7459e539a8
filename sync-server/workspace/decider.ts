/** Decides for one workspace: one command at a time, with the state folded from its log. */
import { isId } from '#lib/domain/id.ts';
import { err } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { documentsFor, NO_FACTS } from '#lib/governance/approval/facts.ts';
import type { ApprovalRequest } from '#lib/governance/approval/request.ts';
import { sealingOf } from '#lib/governance/approval/seals.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import { decide } from '#lib/governance/decide.ts';
import { appendDecision, headOf, EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { DECISIONS_DOCUMENT } from '#lib/governance/document-write.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { evolve } from '#lib/governance/evolve.ts';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import { changesRights } from '#lib/governance/rights/rights.ts';
import { redactedEntries, remainsOf } from '#lib/governance/privacy/remains.ts';
import { faultOfRemains, replay } from '#lib/governance/replay.ts';
import type { Standpoint } from '#lib/governance/replay.ts';
import { initialState } from '#lib/governance/state.ts';
import type { State } from '#lib/governance/state.ts';
import { writesOf } from '#lib/governance/writes.ts';
import type { Appended, DecisionCommit, GivenAnswer, IncomingRow, Joiner } from '../storage/storage.ts';
import { finishErasure } from '../privacy/finish-erasure.ts';
import type { Commit, Committer } from './committer.ts';
import { BroughtSeals } from './brought-seals.ts';
import { DecidedDocuments } from './decided-documents.ts';
import type { Standing } from './standing.ts';
import type { Surroundings } from './surroundings.ts';

/** The answer to a command, as it is kept and sent: JSON of a `Result` of events or a refusal. */
export interface Answered {
  readonly command: string;
  readonly answer: string;
}

const LOG_PAGE = 200;
/** Each time another server was first; so often in a row it is something else. */
const MOST_TRIES = 20;
/** So often rows may arrive between deciding about a document and sealing it; then its writer is to stop first. */
const MOST_MOVES = 5;

/** What follows from a decision: rows to pass on, and what whoever asked is told. */
interface Decided<T> {
  readonly commits: readonly Commit[];
  readonly value: T;
}

/** The log, or a document that was to be sealed, has moved since it was read. */
class Overtaken extends Error {
  readonly what: 'head-moved' | 'document-moved';

  constructor(what: Overtaken['what']) {
    super(what);
    this.what = what;
  }
}

export class Decider {
  readonly #workspace: string;
  readonly #surroundings: Surroundings;
  readonly #committer: Committer;
  readonly #documents: DecidedDocuments;
  readonly #brought: BroughtSeals;
  readonly #onstanding: (standing: Standing) => void;
  #standpoint: Standpoint | null = null;
  #standing: Standing | null = null;
  /** Somebody was erased, and not everything that follows from it has been done. */
  #isErasing = false;

  /** `onstanding` hears of changed rights before anything that is written after them. */
  constructor(
    workspace: string,
    surroundings: Surroundings,
    committer: Committer,
    onstanding: (standing: Standing) => void,
  ) {
    this.#workspace = workspace;
    this.#surroundings = surroundings;
    this.#committer = committer;
    this.#onstanding = onstanding;
    this.#documents = new DecidedDocuments(workspace, surroundings.storage, surroundings.newId);
    this.#brought = new BroughtSeals(workspace, surroundings.storage, this.#documents);
  }

  /** Decides what a member asks, once: asking again gives the first answer. Null when it has no id to answer to. */
  async give(text: string, member: string): Promise<Answered | null> {
    const value = readJson(text);
    const id = idOf(value);
    if (id === null) return null;
    const answered = await this.#alone(async (moves) => {
      const given = await this.#surroundings.storage.answer(this.#workspace, id);
      if (given !== null) return { commits: [], value: { command: id, answer: answerFor(member, given) } };
      const command = givenBy(value, member);
      return this.#decide(id, moves < MOST_MOVES ? command : err(STILL_MOVING), member);
    });
    // What does not succeed now does so when the house is kept.
    if (this.#isErasing) await this.keepHouse().catch((cause: unknown) => this.#surroundings.log(UNFINISHED, cause));
    return answered;
  }

  /** Who may do what; with them `member`, who holds a device of this workspace. */
  async standing(member: string | null = null): Promise<Standing> {
    await this.look();
    if (this.#standing !== null && (member === null || this.#standing.people.members.has(member))) {
      return this.#standing;
    }
    return this.#alone(async () => {
      const commits = member === null ? [] : await this.#adopt(member);
      return { commits, value: this.#standing ?? (await this.#stand()) };
    });
  }

  /** Everything that was ever submitted, by its id. */
  async requests(): Promise<ReadonlyMap<string, Pick<ApprovalRequest, 'areas'>>> {
    return this.#alone(async () => {
      const { state } = await this.#catchUp();
      return { commits: [], value: state.approvals.requests };
    });
  }

  /** Makes the device a new member's who brings this invitation's token; null when it lets nobody in, or not any more. */
  async join(tokenHash: string, device: Pick<Joiner, 'device' | 'publicKey'>): Promise<string | null> {
    return this.#alone(async () => {
      const { state } = await this.#catchUp();
      const invitation = state.people.invitations.values().find((each) => each.tokenHash === tokenHash);
      if (invitation === undefined) return { commits: [], value: null };
      const member = this.#surroundings.newId();
      const now = this.#surroundings.now();
      const at = now.toISOString();
      const command = { kind: 'join', invitation: invitation.id, member, name: '' } as const;
      const given = { id: this.#surroundings.newId(), command, by: member, at };
      const decided = decide(state, given, at, NO_FACTS);
      if (!decided.ok) return { commits: [], value: null };
      const entry = this.#entryOf(given, decided.value, now);
      const joiners = [{ ...device, member, at }];
      return { commits: await this.#commit(decided.value, { entries: [entry], joiners }, now), value: member };
    });
  }

  /** Whether who may do what is known as of this epoch. */
  isOf(epoch: number): boolean {
    return this.#standing?.epoch === epoch;
  }

  /** Looks whether the day has ended, or another server has changed rights. */
  async look(): Promise<void> {
    const epoch = await this.#surroundings.storage.epoch(this.#workspace);
    const isCurrent = this.#standing?.epoch === epoch && this.#standing.today === this.#today();
    if (isCurrent && !this.#brought.isAwaiting) return;
    await this.#alone(async () => {
      const value = await this.#stand();
      await this.#sealBrought();
      return { commits: [], value };
    });
  }

  #alone<T>(job: (moves: number) => Promise<Decided<T>>): Promise<T> {
    return this.#committer.alone(() => this.#untilFirst(job));
  }

  /**
   * Another server may decide at the same time, or somebody's row arrive in what is to be sealed: then what is there now
   * is read, and decided on again. The job is told how often it was a row.
   */
  async #untilFirst<T>(job: (moves: number) => Promise<Decided<T>>): Promise<Decided<T>> {
    let moves = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        return await job(moves);
      } catch (cause) {
        // What was not committed must not be built on.
        this.#documents.forget();
        const before = this.#standpoint;
        this.#standpoint = null;
        if (!(cause instanceof Overtaken) || tries === MOST_TRIES) throw cause;
        if (cause.what === 'document-moved') moves += 1;
        this.#standpoint = await this.#load(before);
      }
    }
  }

  /** The epoch is read before the log, so that nothing is judged by rights older than the epoch it is judged under. */
  async #stand(): Promise<Standing> {
    const epoch = await this.#surroundings.storage.epoch(this.#workspace);
    const { people } = (await this.#catchUp()).state;
    this.#standing = { people, epoch, today: this.#today() };
    this.#onstanding(this.#standing);
    return this.#standing;
  }

  /** What another server decided since: the documents it wrote for that are not as they are remembered here. */
  async #catchUp(): Promise<Standpoint> {
    const before = this.#standpoint?.head.seq;
    this.#standpoint = await this.#load(this.#standpoint);
    if (before !== undefined && before !== this.#standpoint.head.seq) this.#documents.forget();
    return this.#standpoint;
  }

  #today(): string {
    return this.#surroundings.now().toISOString().slice(0, 10);
  }

  /** What was sealed before the workspace was shared is sealed here as it was. (A13) */
  async #sealBrought(): Promise<void> {
    const { head, state } = (this.#standpoint ??= await this.#load());
    const arrived = this.#brought.isAwaiting ? await this.#brought.arrived(state) : [];
    if (arrived.length === 0) return;
    const seals = await this.#documents.sealsOf(arrived);
    const nothing = { entries: [], rows: [], answers: [], joiners: [], nextEpoch: false, unseals: [] };
    const committed = await this.#surroundings.storage.commitDecision({
      workspace: this.#workspace,
      head,
      ...nothing,
      seals,
    });
    if (!committed.ok) throw new Overtaken(committed.error);
  }

  /** Whoever came in by a link before there were invitations is in no log yet: they might do what a controller does. */
  async #adopt(member: string): Promise<readonly Commit[]> {
    const { state } = (this.#standpoint ??= await this.#load());
    if (state.people.members.has(member)) return [];
    const now = this.#surroundings.now();
    const at = now.toISOString();
    const command = { kind: 'join', invitation: 'link', member, name: '' } as const;
    const grant = { id: 'link', role: 'controller', areas: null, from: null, until: null, limit: null } as const;
    const given = { id: this.#surroundings.newId(), command, by: member, at };
    const event = { kind: 'member-joined', member, name: '', grants: [grant], invitation: null, at } as const;
    return this.#commit([event], { entries: [this.#entryOf(given, [event], now)] }, now);
  }

  async #decide(id: string, given: Result<GivenCommand, Refusal>, member: string): Promise<Decided<Answered>> {
    await this.#sealBrought();
    const { state } = (this.#standpoint ??= await this.#load());
    const now = this.#surroundings.now();
    this.#documents.freshen();
    const redacted = given.ok ? await this.#redactedFor(given.value.command, state) : null;
    const documents = await this.#documents.factsOf(given.ok ? documentsFor(given.value.command, state) : []);
    const facts = { ...documents, ...(redacted && { remains: remainsOf(redacted) }) };
    const decided = given.ok ? decide(state, given.value, now.toISOString(), facts) : given;
    const events = decided.ok ? decided.value : [];
    const entries = given.ok && events.length > 0 ? [this.#entryOf(given.value, events, now)] : [];
    const answer = JSON.stringify(decided);
    const redactions = isErasing(events) ? (redacted ?? []) : [];
    const answers = [{ command: id, member, answer }];
    const commits = await this.#commit(events, { entries, answers, redactions }, now);
    return { commits, value: { command: id, answer } };
  }

  async #commit(
    events: readonly DecisionEvent[],
    { entries, answers = [], joiners = [], redactions = [] }: Pick<DecisionCommit, 'entries'> & Partial<DecisionCommit>,
    now: Date,
  ): Promise<readonly Commit[]> {
    const { head, state } = (this.#standpoint ??= await this.#load());
    const { rows, renewals } = await this.#rowsOf(events, state, now);
    const { seals, unseals } = sealingOf(events, state);
    const committed = await this.#surroundings.storage.commitDecision({
      workspace: this.#workspace,
      head,
      entries,
      rows,
      answers,
      joiners,
      redactions,
      renewals,
      nextEpoch: events.some(changesRights),
      seals: await this.#documents.sealsOf(seals),
      unseals,
    });
    if (!committed.ok) throw new Overtaken(committed.error);
    const [entry] = entries;
    this.#standpoint = { head: entry === undefined ? head : headOf(entry), state: events.reduce(evolve, state) };
    const { people } = this.#standpoint.state;
    this.#isErasing ||= isErasing(events);
    if (events.some(changesRights)) await this.#stand();
    else if (this.#standing !== null) this.#standing = { ...this.#standing, people };
    return commitsOf(rows, committed.value);
  }

  /** Of a document that named somebody who is erased, nothing stays of what was written before. (E3) */
  async #rowsOf(events: readonly DecisionEvent[], state: State, now: Date) {
    const writes = writesOf(events, state);
    if (!isErasing(events)) return { rows: await this.#documents.rowsOf(writes, now.getTime()), renewals: [] };
    const { renewal, rows } = await this.#documents.renewed(DECISIONS_DOCUMENT, writes, now.getTime());
    return { rows, renewals: [renewal] };
  }

  /** What of the log has to go with somebody. */
  async #redactedFor(command: GivenCommand['command'], { people }: State): Promise<readonly LogEntry[] | null> {
    if (command.kind !== 'erase-member') return null;
    const redacted: LogEntry[] = [];
    for (let after = 0; ;) {
      const entries = await this.#surroundings.storage.log(this.#workspace, after, LOG_PAGE);
      redacted.push(...redactedEntries(entries, people, command.member));
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
    return redacted;
  }

  /** What is to be done about people who were erased, now or when a clock has run out. */
  async keepHouse(): Promise<void> {
    const { storage, accounts, now } = this.#surroundings;
    const { people } = await this.standing();
    const workspace = this.#workspace;
    this.#isErasing = false;
    await finishErasure({ workspace, people, storage, accounts, now, empty: (names) => this.#empty(names) });
  }

  #empty(documents: readonly string[]): Promise<void> {
    return this.#alone(async () => {
      const { head } = await this.#catchUp();
      const renewed = documents.map((name) => this.#documents.emptied(name, this.#surroundings.now().getTime()));
      const rows = renewed.flatMap((each) => each.rows);
      const nothing = { entries: [], answers: [], joiners: [], nextEpoch: false, seals: [], unseals: [] };
      const renewals = renewed.map(({ renewal }) => renewal);
      const { storage } = this.#surroundings;
      const committed = await storage.commitDecision({ workspace: this.#workspace, head, rows, renewals, ...nothing });
      if (!committed.ok) throw new Overtaken(committed.error);
      return { commits: commitsOf(rows, committed.value), value: undefined };
    });
  }

  #entryOf(given: GivenCommand, events: readonly DecisionEvent[], now: Date) {
    const head = this.#standpoint?.head ?? EMPTY_LOG;
    const salt = this.#surroundings.newSalt();
    return appendDecision(head, { given, events, decidedAt: now.toISOString(), decider: 'server', salt });
  }

  async #load(from: Standpoint | null = null): Promise<Standpoint> {
    let standpoint = from ?? { head: EMPTY_LOG, state: initialState() };
    for (;;) {
      const entries = await this.#surroundings.storage.log(this.#workspace, standpoint.head.seq, LOG_PAGE);
      if (entries.length === 0) {
        const fault = faultOfRemains(standpoint);
        if (fault !== null) throw new Error(`the decision log does not hold at ${fault.seq}: ${fault.why}`);
        return standpoint;
      }
      this.#brought.note(entries);
      const next = replay(entries, standpoint);
      if (!next.ok) throw new Error(`the decision log does not hold at ${next.error.seq}: ${next.error.why}`);
      standpoint = next.value;
    }
  }
}

const STILL_MOVING: Refusal = { kind: 'approval-refused', why: { kind: 'still-moving' } };
const UNFINISHED = 'Not everything about an erased person is gone yet; it is tried again.';

function isErasing(events: readonly DecisionEvent[]): boolean {
  return events.some(({ kind }) => kind === 'member-erased');
}

/** Rows with the numbers they were given, to be passed on. */
function commitsOf(rows: readonly IncomingRow[], appended: readonly Appended[]): readonly Commit[] {
  return rows.flatMap((row, index) => {
    const result = appended[index];
    return result?.kind === 'appended' ? [{ row, seq: result.seq, bound: result.bound, from: null }] : [];
  });
}

/** What was decided for one member is not told to another who names the same command. */
function answerFor(member: string, given: GivenAnswer): string {
  if (given.member === member) return given.answer;
  return JSON.stringify(err<Refusal>({ kind: 'malformed', path: 'id', found: 'the id of another command' }));
}

/** The command, when it is one and this member's own. */
function givenBy(value: unknown, member: string): Result<GivenCommand, Refusal> {
  const given = parseGivenCommand(value);
  if (!given.ok || given.value.by === member) return given;
  return err({ kind: 'malformed', path: 'by', found: 'another member' });
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return isId(id) ? id : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
