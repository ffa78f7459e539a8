/** Installing the app: offered when it has proved useful, and always possible from the menu. */

/** Chromium's event; not in the standard's types. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

const VISITS = 'outlay:visits';
const OFFERED = 'outlay:install-offered';
const VISITED = 'outlay:visited';

class InstallOffer {
  #event = $state.raw<InstallPromptEvent | null>(null);
  #useful = $state(false);

  /** How it can be installed here; null where it is installed already or the browser has no way. */
  get way(): 'prompt' | 'home-screen' | null {
    if (this.#event !== null) return 'prompt';
    return isAppleTouch() && !isInstalled() ? 'home-screen' : null;
  }

  /** Whether now is a good moment to mention it: from the second visit or the first import on, once. */
  get timely(): boolean {
    return this.#useful && this.way !== null && localStorage.getItem(OFFERED) === null;
  }

  /** To be called once, at boot: the browser's event comes early. */
  start(): void {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#event = event as InstallPromptEvent;
    });
    addEventListener('appinstalled', () => (this.#event = null));
    if (sessionStorage.getItem(VISITED) === null) {
      sessionStorage.setItem(VISITED, 'yes');
      localStorage.setItem(VISITS, String(visits() + 1));
    }
    this.#useful = visits() >= 2;
  }

  /** Something was brought in: the app is worth keeping at hand. */
  proved(): void {
    this.#useful = true;
  }

  /** It was mentioned; it is not mentioned again. */
  mentioned(): void {
    localStorage.setItem(OFFERED, 'yes');
    this.#useful = false;
  }

  /** Shows the browser's own question. */
  async install(): Promise<void> {
    const event = this.#event;
    this.#event = null;
    await event?.prompt();
  }
}

function visits(): number {
  return Number(localStorage.getItem(VISITS) ?? 0);
}

function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone), (display-mode: window-controls-overlay)').matches;
}

/** iPhones and iPads, which have no event: their way is Share, Add to Home Screen. */
function isAppleTouch(): boolean {
  return (
    /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes('Mac') && navigator.maxTouchPoints > 1)
  );
}

export const installOffer = new InstallOffer();
