/** One connection after its welcome: documents through their channels, commands until they are answered. */
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import { readAnswer } from './answers.ts';
import { ChannelPool } from './channel-pool.ts';
import type { PoolOptions, Stuck } from './channel-pool.ts';
import type { DocumentChannel } from './document-channel.ts';
import type { Head, ServerMessage } from './protocol.ts';

export type Trouble = Extract<ServerMessage, { kind: 'trouble' }>['state'];

export interface SessionOptions extends PoolOptions {
  readonly onanswered: (command: string) => void;
  /** Only a new connection helps. */
  readonly onbroken: (fault: unknown) => void;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #pool: ChannelPool;
  readonly #unanswered = new Map<string, GivenCommand>();
  readonly #heads: Head[] = [];
  #trouble: Trouble = 'writable';
  /** Comparisons of heads under way. */
  #comparing = 0;
  /** Whether what waits here is known, and the first full list of what is there. */
  #isStarted = false;
  #isInformed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#pool = new ChannelPool(options);
  }

  get trouble(): Trouble {
    return this.#trouble;
  }

  get stuck(): Stuck | null {
    return this.#pool.stuck;
  }

  /** Everything the server told of is here, everything here is acknowledged, every command is answered. */
  get isUpToDate(): boolean {
    return (
      this.#isStarted && this.#isInformed && this.#comparing === 0 && this.#pool.isIdle && this.#unanswered.size === 0
    );
  }

  get isWaitingForServer(): boolean {
    return !this.#isInformed || this.#unanswered.size > 0 || this.#pool.isWaitingForServer;
  }

  /** Opens what has something to send or is open, and gives again what has no answer yet. */
  async start(): Promise<void> {
    for (const given of await this.#options.store.outbox()) this.give(given);
    await this.#pool.resume();
    this.#isStarted = true;
    this.#options.onprogress();
  }

  receive(message: ServerMessage): void {
    switch (message.kind) {
      case 'heads':
        this.#heads.push(...message.heads);
        if (message.complete) this.#compare(this.#heads.splice(0));
        return;
      case 'opened':
      case 'rows':
      case 'ack':
      case 'nack':
      case 'closed':
      case 'presence':
        this.#pool.receive(message);
        return;
      case 'answer':
        this.#answered(message.command, message.answer).catch(this.#options.onbroken);
        return;
      case 'trouble':
        this.#troubled(message.state);
        return;
      case 'pong':
        return;
      case 'challenge':
      case 'founding':
      case 'welcome':
        this.#options.onbroken(new Error(`${message.kind} after the welcome`));
    }
  }

  push(row: UpdateRow): void {
    this.#pool.push(row);
  }

  give(given: GivenCommand): void {
    this.#unanswered.set(given.id, given);
    this.#options.send({ kind: 'command', given: JSON.stringify(given) });
  }

  /** A page has opened the document. */
  want(document: string): void {
    this.#pool.want(document).catch(this.#options.onbroken);
  }

  /** Rows of the document are missing here that were not missing before. */
  fetchAgain(document: string): void {
    this.#pool.fetchAgain(document).catch(this.#options.onbroken);
  }

  channelOf(document: string): DocumentChannel | null {
    return this.#pool.channelOf(document);
  }

  /** The connection is gone. */
  end(): void {
    this.#pool.end();
  }

  #compare(heads: readonly Head[]): void {
    const isEverything = !this.#isInformed;
    this.#isInformed = true;
    this.#comparing += 1;
    this.#pool
      .compare(heads, isEverything)
      .then(() => {
        this.#comparing -= 1;
        this.#options.onprogress();
      })
      .catch(this.#options.onbroken);
  }

  async #answered(command: string, answer: string): Promise<void> {
    const read = readAnswer(answer);
    if (read === null) throw new Error(`an answer that cannot be read: ${answer.slice(0, 80)}`);
    await this.#options.store.answered(command, read);
    this.#unanswered.delete(command);
    this.#options.onanswered(command);
    this.#options.onprogress();
  }

  #troubled(state: Trouble): void {
    this.#trouble = state;
    this.#pool.setWritable(state === 'writable');
    if (state === 'writable') for (const given of this.#unanswered.values()) this.give(given);
    this.#options.onprogress();
  }
}
