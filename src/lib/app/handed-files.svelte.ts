/** Files on their way from outside (a share sheet, the file manager) to the page that takes them. */
class HandedFiles {
  #waiting = $state.raw<readonly File[]>([]);

  get waiting(): readonly File[] {
    return this.#waiting;
  }

  put(files: readonly File[]): void {
    this.#waiting = [...this.#waiting, ...files];
  }

  /** The files that wait; from then on they are the caller's. */
  take(): readonly File[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

export const handedFiles = new HandedFiles();
