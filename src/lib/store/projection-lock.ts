/** Who writes projections: one worker per database, and rather one whose page is seen. */

export interface ProjectionLock {
  /** Says whether the page of this worker is seen. */
  visible(isVisible: boolean): void;
  /** A visible tab would like to hold it: yields when this page is hidden. */
  wanted(): void;
  close(): Promise<void>;
}

export interface LockOptions {
  readonly database: string;
  /** Called when the lock is held; what it returns ends the work, and the lock is let go after it. */
  readonly onhold: () => () => Promise<void>;
  /** Asks hidden holders to yield. */
  readonly want: () => void;
}

export function contendForProjection({ database, onhold, want }: LockOptions): ProjectionLock {
  const closing = new AbortController();
  let isVisible = true;
  let release: (() => void) | null = null;

  async function hold(): Promise<void> {
    const stop = onhold();
    await new Promise<void>((resolve) => {
      release = resolve;
      if (isClosing()) resolve();
    });
    release = null;
    await stop();
  }

  const isClosing = (): boolean => closing.signal.aborted;

  async function contend(): Promise<void> {
    while (!isClosing()) {
      try {
        await navigator.locks.request(`outlay-project:${database}`, { signal: closing.signal }, hold);
      } catch (thrown) {
        if (!isClosing()) throw thrown;
      }
    }
  }

  const contending = contend();
  want();
  return {
    visible(visibleNow) {
      isVisible = visibleNow;
      if (isVisible && release === null) want();
    },
    wanted() {
      if (!isVisible) release?.();
    },
    async close() {
      closing.abort();
      release?.();
      await contending;
    },
  };
}
