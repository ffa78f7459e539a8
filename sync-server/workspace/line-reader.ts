/** Lines of UTF-8 text that arrive cut anywhere, also within a character. */
export class LineReader {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Nothing is left that did not end with a line break. */
  get isEmpty(): boolean {
    return this.#rest === '';
  }

  /** The lines that this part completes; a null stands for one that grows too long. */
  *read(part: Uint8Array): Generator<string | null> {
    const lines = (this.#rest + this.#decoder.decode(part, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    yield* lines;
    if (this.#rest.length > this.#maxBytes) yield null;
  }
}
