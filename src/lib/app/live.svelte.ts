/** Answers that stay current: asked again when what they were asked with changes, the answer to an older question dropped. */

export interface Live<T> {
  /** Undefined until the first answer: show a skeleton, never a zero. */
  readonly current: T | undefined;
  /** What went wrong with the newest question. */
  readonly failed: unknown;
}

/**
 * Asks within the component that calls it. Everything `ask` reads before it first waits is watched; read
 * `workspace.projected` there to be asked again when rows change.
 */
export function live<T>(ask: () => Promise<T> | undefined): Live<T> {
  let current = $state.raw<T>();
  let failed = $state.raw<unknown>();
  $effect(() => {
    let isNewest = true;
    ask()?.then(
      (answer) => {
        if (!isNewest) return;
        current = answer;
        failed = undefined;
      },
      (cause: unknown) => {
        if (isNewest) failed = cause;
      },
    );
    return () => {
      isNewest = false;
    };
  });
  return {
    get current() {
      return current;
    },
    get failed() {
      return failed;
    },
  };
}
