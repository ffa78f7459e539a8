import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import { rank } from '#lib/ui/command/rank.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Letters scattered over a name, which `rank` scores lowest, would find vendors that nobody means. */
const IN_ONE_PIECE = 2;

/** Vendors by name; with words, those whose name, spellings or note fit them, the closest first. */
export function vendorsFound(vendors: readonly Vendor[], text: string): readonly Vendor[] {
  const byName = vendors.toSorted((a, b) => collator.compare(a.name, b.name));
  if (text.trim() === '') return byName;
  const wordsOf = ({ name, aliases, note }: Vendor): string => [name, ...aliases, note].join(' ');
  return rank(text, byName, wordsOf, vendors.length)
    .filter(({ score }) => score >= IN_ONE_PIECE)
    .map(({ item }) => item);
}
