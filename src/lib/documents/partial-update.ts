/** Updates made of some of the structs of another. Nothing is decoded further than it must be. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export type Struct = Y.GC | Y.Item | Y.Skip;

interface Deleted {
  readonly client: number;
  readonly clock: number;
  readonly len: number;
}

/** An update of exactly these structs, those of one client in order, and these deletions. */
export function encodeUpdate(structs: readonly Struct[], deleted: readonly Deleted[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  const byClient = Map.groupBy(structs, ({ id }) => id.client);
  encoding.writeVarUint(rest, byClient.size);
  for (const [client, ofClient] of byClient) {
    encoding.writeVarUint(rest, ofClient.length);
    encoder.writeClient(client);
    encoding.writeVarUint(rest, ofClient[0]?.id.clock ?? 0);
    for (const struct of ofClient) struct.write(encoder, 0);
  }
  const deletedByClient = Map.groupBy(deleted, ({ client }) => client);
  encoding.writeVarUint(rest, deletedByClient.size);
  for (const [client, items] of deletedByClient) {
    encoder.resetDsCurVal();
    encoding.writeVarUint(rest, client);
    encoding.writeVarUint(rest, items.length);
    for (const { clock, len } of items) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}

/** Yjs clients that wrote in an update. */
export function clientsIn(update: Uint8Array): readonly number[] {
  return [...Y.parseUpdateMeta(update).from.keys()];
}

/**
 * What these clients wrote of an update, and what the others did; null for nothing. Deletions are left out: in a record
 * table a value is only ever deleted by the one that is written over it.
 */
export function partByClients(
  update: Uint8Array,
  clients: ReadonlySet<number>,
): { readonly theirs: Uint8Array | null; readonly others: Uint8Array | null } {
  const { structs } = Y.decodeUpdate(update);
  const part = (isIn: (client: number) => boolean): Uint8Array | null => {
    const chosen = [...Map.groupBy(structs, ({ id }) => id.client)]
      .filter(([client]) => isIn(client))
      .flatMap(([, ofClient]) => ofClient.slice(ofClient.findIndex((struct) => !(struct instanceof Y.Skip))));
    return chosen.length === 0 ? null : encodeUpdate(chosen, []);
  };
  return { theirs: part((client) => clients.has(client)), others: part((client) => !clients.has(client)) };
}
