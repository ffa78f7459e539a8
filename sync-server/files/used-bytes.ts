/** How many bytes there are in a folder of each workspace: counted once, then kept up with what comes and goes. */
export class UsedBytes {
  readonly #count: (workspace: string) => Promise<number>;
  readonly #known = new Map<string, number>();

  constructor(count: (workspace: string) => Promise<number>) {
    this.#count = count;
  }

  async of(workspace: string): Promise<number> {
    const bytes = this.#known.get(workspace) ?? (await this.#count(workspace));
    this.#known.set(workspace, bytes);
    return bytes;
  }

  /** More, or fewer where negative; nothing where it was not counted yet. */
  add(workspace: string, bytes: number): void {
    const known = this.#known.get(workspace);
    if (known !== undefined) this.#known.set(workspace, known + bytes);
  }

  /** Counted anew when next asked for. */
  forget(): void {
    this.#known.clear();
  }
}
