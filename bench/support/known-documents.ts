/** A device that knows many documents connects: until it is in step, and until 40 of them are open and synced. */
import { WebsocketProvider } from 'y-websocket';
import { Person, until } from '#tests/sync/support/person.ts';

interface KnownTimes {
  readonly known: number;
  /** From connecting until everything there is known to be here. */
  readonly readyMs: number;
  /** From opening 40 documents that are here until the server has said that nothing is missing in any. */
  readonly warmOpenMs: number;
}

const OPEN = 40;

export async function measureKnown(writer: Person, url: string, count: number): Promise<KnownTimes> {
  const documents = Array.from({ length: count }, (_, n) => `plan/known${n}/root`);
  for (const document of documents) writer.type('budget', 125_000, document);
  await until(() => writer.status.kind === 'synced', undefined, 120_000);
  const visitor = await writer.invite();
  await until(() => documents.every((document) => visitor.store.rows(document).length === 1), undefined, 120_000);
  await visitor.leave();

  const { workspace, device, store } = visitor;
  const since = performance.now();
  const again = await Person.arrive({ url, workspace, device, store });
  await again.synced();
  const readyMs = Math.round(performance.now() - since);

  const opened = performance.now();
  const providers = documents.slice(0, OPEN).map((document) => openedBy(again, document));
  await until(() => providers.every(({ synced }) => synced));
  const warmOpenMs = Math.round(performance.now() - opened);
  for (const provider of providers) provider.destroy();
  await again.leave();
  return { known: count, readyMs, warmOpenMs };
}

/** As a page opens a document: loaded from what is here, then connected. */
function openedBy(person: Person, document: string): WebsocketProvider {
  const doc = person.doc(document);
  const loadedTo = person.store.rows(document).reduce((last, row) => Math.max(last, row.serverSeq ?? 0), 0);
  const WebSocketPolyfill = person.connection.socketFor(document, loadedTo);
  return new WebsocketProvider('outlay:', document, doc, { WebSocketPolyfill, disableBc: true });
}
