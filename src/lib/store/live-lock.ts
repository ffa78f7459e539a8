/**
 * A Web Lock among the tabs of a browser, lost by whoever no longer answers: a tab that its device has frozen keeps its
 * locks for as long as it sleeps.
 */

export interface LiveLock {
  /** There is work for the holder: without the lock, asks whether there is one that lives. */
  ask(): void;
  close(): Promise<void>;
}

export interface LiveLockOptions {
  readonly name: string;
  /** Called when the lock is held; what it returns ends the work, and is called too when another has taken the lock. */
  readonly onhold: () => () => Promise<void>;
  /** Whether the holder lets go of it for somebody who asks. */
  readonly yields: () => boolean;
}

/** A holder that says nothing for so long is not waited for. */
const SILENT_MS = 4000;

export function contendFor({ name, onhold, yields }: LiveLockOptions): LiveLock {
  const closing = new AbortController();
  const channel = new BroadcastChannel(name);
  let release: (() => void) | null = null;
  let holding: Promise<void> = Promise.resolve();
  let waiting = new AbortController();
  let takes = false;
  let silent: ReturnType<typeof setTimeout> | undefined;

  const isClosing = (): boolean => closing.signal.aborted;

  function hold(): Promise<void> {
    holding = work();
    return holding;
  }

  async function work(): Promise<void> {
    answered();
    channel.postMessage('here');
    const stop = onhold();
    await new Promise<void>((resolve) => {
      release = resolve;
      if (isClosing()) resolve();
    });
    release = null;
    await stop();
  }

  async function contend(): Promise<void> {
    while (!isClosing()) {
      waiting = new AbortController();
      const signal = AbortSignal.any([closing.signal, waiting.signal]);
      const terms: LockOptions = takes ? { steal: true } : { signal };
      takes = false;
      try {
        await navigator.locks.request(name, terms, hold);
      } catch (thrown) {
        // Given up to take it, closed while waiting, or taken by another.
        if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) throw thrown;
        release?.();
        await holding;
      }
    }
  }

  function take(): void {
    answered();
    if (release !== null || isClosing()) return;
    takes = true;
    waiting.abort();
  }

  function answered(): void {
    clearTimeout(silent);
    silent = undefined;
  }

  channel.onmessage = ({ data }: MessageEvent<'wanted' | 'here'>) => {
    if (data === 'here') answered();
    else if (release !== null && yields()) release();
    else if (release !== null) channel.postMessage('here');
  };

  const contending = contend();
  return {
    ask() {
      if (release !== null || silent !== undefined || isClosing()) return;
      channel.postMessage('wanted');
      silent = setTimeout(take, SILENT_MS);
    },
    async close() {
      answered();
      closing.abort();
      release?.();
      await contending;
      channel.close();
    },
  };
}
