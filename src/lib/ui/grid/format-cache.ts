/** Remembers how figures were written, since formatting costs more than anything else a scrolling grid does. */
export class FormatCache {
  readonly #format: (minor: number, currency: string) => string;
  readonly #limit: number;
  readonly #texts = new Map<string, Map<number, string>>();
  #size = 0;

  /** `limit` is how many texts are kept before all are forgotten. */
  constructor(format: (minor: number, currency: string) => string, limit = 50_000) {
    this.#format = format;
    this.#limit = limit;
  }

  text(minor: number, currency: string): string {
    const known = this.#texts.get(currency)?.get(minor);
    if (known !== undefined) return known;
    const text = this.#format(minor, currency);
    this.#keep(minor, currency, text);
    return text;
  }

  #keep(minor: number, currency: string, text: string): void {
    if (this.#size >= this.#limit) {
      this.#texts.clear();
      this.#size = 0;
    }
    const texts = this.#texts.get(currency) ?? new Map<number, string>();
    this.#texts.set(currency, texts.set(minor, text));
    this.#size += 1;
  }
}
