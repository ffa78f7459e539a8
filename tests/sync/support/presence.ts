import * as encoding from 'lib0/encoding';

/** One client's presence as y-protocols writes it. */
export function presenceOf(client: number, state: unknown, clock = 1): Uint8Array {
  return presenceOfAll([client], state, clock);
}

/** The same for many clients at once. */
export function presenceOfAll(clients: readonly number[], state: unknown, clock = 1): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients.length);
    for (const client of clients) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, JSON.stringify(state));
    }
  });
}
