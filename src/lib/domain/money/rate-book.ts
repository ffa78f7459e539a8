/** Which quotes turn one currency into another on a day. (M11, M12) */

/** One unit of `from` is `rate` units of `to`, from `date` on. */
export interface Quote {
  readonly from: string;
  readonly to: string;
  /** Exact positive decimal, e.g. '0.91745'. */
  readonly rate: string;
  /** ISO date the rate holds from. */
  readonly date: string;
}

/** A quote as it is used: as it stands, or turned over (from its `to` to its `from`). */
export interface Leg<Q extends Quote> {
  readonly quote: Q;
  readonly turned: boolean;
}

/**
 * The legs from one currency to another on a date: one where the pair is quoted in either direction on or before it,
 * else two through a currency that both are quoted with, else none. The list is indexed once and must not change.
 */
export function legsOn<Q extends Quote>(
  quotes: readonly Q[],
  from: string,
  to: string,
  date: string,
): readonly Leg<Q>[] {
  const book = bookOf(quotes);
  const leg = legOn(book, from, to, date);
  return leg === undefined ? crossOn(book, from, to, date) : [leg];
}

/** The later quote of the two directions; on the same day the one that is quoted as asked. */
function legOn<Q extends Quote>(book: Book<Q>, from: string, to: string, date: string): Leg<Q> | undefined {
  const straight = latest(book.get(from)?.get(to), date);
  const turned = latest(book.get(to)?.get(from), date);
  if (turned === undefined || (straight !== undefined && straight.date >= turned.date)) {
    return straight && { quote: straight, turned: false };
  }
  return { quote: turned, turned: true };
}

/** Through the common currency whose older quote is the latest; of equals, the first by its code. */
function crossOn<Q extends Quote>(book: Book<Q>, from: string, to: string, date: string): readonly Leg<Q>[] {
  let best: readonly Leg<Q>[] = [];
  let bestDate = '';
  for (const common of [...book.keys()].sort()) {
    const first = legOn(book, from, common, date);
    const second = first && legOn(book, common, to, date);
    if (first === undefined || second === undefined) continue;
    const older = first.quote.date < second.quote.date ? first.quote.date : second.quote.date;
    if (older > bestDate) [best, bestDate] = [[first, second], older];
  }
  return best;
}

/** Quotes by the currency they are from and the one they are to, each list in time order. Every currency is a key. */
type Book<Q extends Quote> = ReadonlyMap<string, ReadonlyMap<string, readonly Q[]>>;

const books = new WeakMap<readonly Quote[], Book<Quote>>();

function bookOf<Q extends Quote>(quotes: readonly Q[]): Book<Q> {
  const known = books.get(quotes) as Book<Q> | undefined;
  if (known !== undefined) return known;
  const book = new Map<string, Map<string, Q[]>>();
  // The sort is stable: of two quotes for one day the later in the list corrects the earlier and stays behind it.
  for (const quote of quotes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    entryOf(book, quote.to, () => new Map<string, Q[]>());
    const byTarget = entryOf(book, quote.from, () => new Map<string, Q[]>());
    entryOf(byTarget, quote.to, (): Q[] => []).push(quote);
  }
  books.set(quotes, book);
  return book;
}

/** The last of quotes in time order that is on or before a date. */
function latest<Q extends Quote>(quotes: readonly Q[] | undefined, date: string): Q | undefined {
  if (quotes === undefined) return undefined;
  let [low, high] = [0, quotes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotes[middle]?.date ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return quotes[low - 1];
}

function entryOf<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = fresh();
  map.set(key, made);
  return made;
}
