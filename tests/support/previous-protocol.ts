/** An app of the version before: it says that it speaks no newer one, and is spoken to accordingly. */
import { encodeClient, OLDEST_PROTOCOL, parseClient } from '#lib/sync/protocol.ts';

/** A socket class over which an app greets as the version before did. */
export function speakingBefore(Current: typeof WebSocket): typeof WebSocket {
  return class extends Current {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      const message = data instanceof Uint8Array ? parseClient(data) : null;
      const hello = message?.ok === true && message.value.kind === 'hello' ? message.value : null;
      super.send(hello === null ? data : encodeClient({ ...hello, newest: OLDEST_PROTOCOL, oldest: OLDEST_PROTOCOL }));
    }
  };
}
