/**
 * Seals that a workspace brings along: what a device decided to seal before the workspace was shared. Its ledger is made
 * here from the log, its plans arrive as rows after it; each is sealed as soon as it is here as it was sealed there.
 */
import { sealedBy } from '#lib/governance/approval/seals.ts';
import type { SealedDocument } from '#lib/governance/approval/request.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Terms } from '#lib/governance/state.ts';
import type { Storage } from '../storage/storage.ts';
import type { DecidedDocuments } from './decided-documents.ts';

export class BroughtSeals {
  readonly #workspace: string;
  readonly #storage: Pick<Storage, 'sealOf'>;
  readonly #documents: DecidedDocuments;
  /** Documents that a device sealed and this server has not looked at, or that are not here as they were sealed. */
  readonly #awaited = new Set<string>();

  constructor(workspace: string, storage: Pick<Storage, 'sealOf'>, documents: DecidedDocuments) {
    this.#workspace = workspace;
    this.#storage = storage;
    this.#documents = documents;
  }

  get isAwaiting(): boolean {
    return this.#awaited.size > 0;
  }

  /** Looks for what devices sealed in further entries of the log; a server's own were sealed as they were decided. */
  note(entries: readonly LogEntry[]): void {
    for (const { decider, contents } of entries) {
      if (decider !== 'device') continue;
      for (const event of contents?.events ?? []) {
        if (event.kind === 'period-closed')
          for (const each of event.closing.documents) this.#awaited.add(each.document);
        if (event.kind === 'submitted') for (const each of event.request.documents) this.#awaited.add(each.document);
      }
    }
  }

  /** What is to be sealed now: it is here to the last figure, and has no seal yet. */
  async arrived(terms: Terms): Promise<readonly SealedDocument[]> {
    const sealed = sealedBy(terms);
    const arrived: SealedDocument[] = [];
    this.#documents.freshen();
    for (const document of this.#awaited) {
      const hash = sealed.get(document);
      if (hash === undefined || (await this.#storage.sealOf(this.#workspace, document)) !== null) {
        this.#awaited.delete(document);
        continue;
      }
      const fact = (await this.#documents.factsOf([document])).documents.get(document);
      if (fact?.isComplete === true && fact.hash === hash) arrived.push({ document, hash });
    }
    return arrived;
  }
}
