/** Who writes projections: one worker per database, and rather one whose page is seen. */
import { contendFor } from './live-lock.ts';

export interface ProjectionLock {
  /** Says whether the page of this worker is seen. */
  visible(isVisible: boolean): void;
  /** There are rows to project: seen, this worker sees to it that somebody does. */
  wanted(): void;
  close(): Promise<void>;
}

/** `onhold` is called when the lock is held; what it returns ends the work, and the lock is let go after it. */
export function contendForProjection(database: string, onhold: () => () => Promise<void>): ProjectionLock {
  let isVisible = true;
  const lock = contendFor({ name: `outlay-project:${database}`, onhold, yields: () => !isVisible });

  function wanted(): void {
    if (isVisible) lock.ask();
  }

  wanted();
  return {
    visible(isVisibleNow) {
      isVisible = isVisibleNow;
      wanted();
    },
    wanted,
    close: () => lock.close(),
  };
}
