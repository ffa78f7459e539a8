import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import { rank } from '#lib/ui/command/rank.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Vendors by name; with words, those whose name, spellings or note fit them, the closest first. */
export function vendorsFound(vendors: readonly Vendor[], text: string): readonly Vendor[] {
  const byName = vendors.toSorted((a, b) => collator.compare(a.name, b.name));
  if (text.trim() === '') return byName;
  const wordsOf = ({ name, aliases, note }: Vendor): string => [name, ...aliases, note].join(' ');
  return rank(text, byName, wordsOf, vendors.length).map(({ item }) => item);
}
