/** Many short texts as one: loaded at the price of one string, and searched without touching each. */
export class PackedText {
  /** The texts, each ended by a line feed. */
  #packed: string;
  /** Where each text begins in `#packed`; made when first asked for. */
  #starts: Uint32Array | null = null;

  constructor(packed = '') {
    this.#packed = packed;
  }

  static of(texts: readonly string[]): PackedText {
    return new PackedText(texts.map((text) => `${text}\n`).join(''));
  }

  get packed(): string {
    return this.#packed;
  }

  at(index: number): string {
    const start = this.#startsOnce()[index];
    return start === undefined ? '' : this.#packed.slice(start, this.#packed.indexOf('\n', start));
  }

  texts(): string[] {
    return this.#packed === '' ? [] : this.#packed.slice(0, -1).split('\n');
  }

  /** Which of the texts contain all of these words: 1 for yes. */
  containing(words: readonly string[]): Uint8Array {
    const starts = this.#startsOnce();
    const found = new Uint8Array(starts.length);
    // The longest word is the rarest as a rule: the others are looked for only where it stands.
    const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length);
    let index = 0;
    for (let at = this.#packed.indexOf(first); at !== -1; at = this.#packed.indexOf(first, starts[index])) {
      while ((starts[index + 1] ?? Infinity) <= at) index += 1;
      if (others.length === 0 || others.every((word) => this.at(index).includes(word))) found[index] = 1;
      index += 1;
      if (index >= starts.length) break;
    }
    return found;
  }

  #startsOnce(): Uint32Array {
    if (this.#starts !== null) return this.#starts;
    const starts: number[] = [];
    for (let at = 0; at < this.#packed.length; at = this.#packed.indexOf('\n', at) + 1) starts.push(at);
    this.#starts = Uint32Array.from(starts);
    return this.#starts;
  }
}

/** Text as it is searched: small letters, no accents, on one line. */
export function searchable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
