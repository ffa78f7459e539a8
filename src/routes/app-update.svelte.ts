/** New versions of the app: found in the background, offered, and taken only when somebody says so. */
const CHECK_EVERY_MS = 60 * 60 * 1000;
const PATIENCE_MS = 8000;
/** Remembers in this tab that an update was asked for, so that one that never comes is noticed. */
const ACCEPTED = 'outlay:update-accepted';

class Updates {
  #ready = $state(false);
  #stuck = $state(false);
  #accepted = false;
  #registration: ServiceWorkerRegistration | undefined;

  /** Whether a new version waits, or another tab has moved to it already. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether an update was asked for and still waits: then only repairing helps. */
  get stuck(): boolean {
    return this.#stuck;
  }

  /** Registers the service worker and looks for new versions now and then; to be called once, at boot. */
  start(): void {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    const wasControlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#accepted) location.reload();
      // Another tab has moved on: this one does when its person says so.
      else if (wasControlled) this.#ready = true;
    });
    navigator.serviceWorker.register('/sw.js').then(
      (registration) => this.#watch(registration),
      (fault: unknown) => console.warn('Outlay will not work offline here:', fault),
    );
  }

  /** Lets the new version take over and reloads; if it does not within eight seconds, reloads all the same. */
  accept(): void {
    this.#accepted = true;
    sessionStorage.setItem(ACCEPTED, 'yes');
    const waiting = this.#registration?.waiting;
    if (waiting == null) {
      location.reload();
      return;
    }
    setTimeout(() => location.reload(), PATIENCE_MS);
    waiting.postMessage({ type: 'SKIP_WAITING' });
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    this.#ready ||= registration.waiting !== null;
    this.#stuck = registration.waiting !== null && sessionStorage.getItem(ACCEPTED) !== null;
    sessionStorage.removeItem(ACCEPTED);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) this.#ready = true;
      });
    });
    // Offline there is nothing to find, and nothing to say about it.
    const check = (): void => void registration.update().catch(() => undefined);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') check();
    });
    setInterval(check, CHECK_EVERY_MS);
  }
}

export const updates = new Updates();
