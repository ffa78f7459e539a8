/** New versions of the app: found in the background, offered, and taken only when somebody says so. */
import { registerSW } from 'virtual:pwa-register';

const CHECK_EVERY_MS = 60 * 60 * 1000;
const PATIENCE_MS = 8000;

class Updates {
  #ready = $state(false);
  #take: ((reload?: boolean) => Promise<void>) | undefined;

  /** Whether a new version waits. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Registers the service worker and looks for new versions now and then; to be called once, at boot. */
  start(): void {
    this.#take = registerSW({
      onNeedRefresh: () => (this.#ready = true),
      onRegisteredSW: (_url, registration) => {
        if (registration === undefined) return;
        const check = (): void => void registration.update().catch(() => undefined);
        document.addEventListener('visibilitychange', () => {
          if (document.visibilityState === 'visible') check();
        });
        setInterval(check, CHECK_EVERY_MS);
      },
    });
  }

  /** Lets the new version take over and reloads; if it does not within eight seconds, reloads all the same. */
  async accept(): Promise<void> {
    const reload = setTimeout(() => location.reload(), PATIENCE_MS);
    await this.#take?.(true);
    // The page is reloaded by the new worker taking control; the timer is for when it never does.
    addEventListener('pagehide', () => clearTimeout(reload));
  }
}

export const updates = new Updates();
