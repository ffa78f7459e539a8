/** Documents in memory that are written and mirrored as the app does it, for acts that need no more of a workspace. */
import { openAnalysis } from '#lib/documents/documents.ts';
import { newDocument, type Doc } from '#lib/documents/new-document.ts';
import { ok } from '#lib/domain/result.ts';
import type { Reader } from '#lib/app/reader.ts';

const TODAY = '2027-04-03';

export class WritingForTest {
  readonly docs = new Map<string, Doc>();
  readonly member = 'ann';
  /** Names of documents that may only be read. */
  readonly readOnly = new Set<string>();
  #ids = 0;

  readonly rights = {
    whyReadOnly: (document: string) => (this.readOnly.has(document) ? 'Not yours to change.' : null),
  } as never;
  readonly newId = (): string => `id${(this.#ids += 1)}`;
  readonly nowIso = (): string => `${TODAY}T09:00:00.000Z`;
  readonly author = () => ({ member: this.member, at: this.nowIso() });

  readonly edit = async <T>(name: string, work: (doc: Doc) => T | Promise<T>) => {
    const doc = this.docs.get(name) ?? newDocument();
    this.docs.set(name, doc);
    return ok(await work(doc));
  };

  readonly add = this.edit;

  /** What the mirror would answer. */
  readonly reader = {
    reference: (collection: string) =>
      Promise.resolve(
        [...this.docs].flatMap(([document, doc]) => {
          const table = Object.entries(openAnalysis(doc)).find(([name]) => name === collection)?.[1];
          return [...(table?.all() ?? [])].map((record) => ({ ...record, document }));
        }),
      ),
  } as unknown as Pick<Reader, 'reference'>;
}
