/** Recognising the vendor that a bill or a bank file names in its own spelling. */
import type { Vendor } from './vendor.ts';

/** Normalised spelling to vendor id; null where two vendors share the spelling. */
export type VendorIndex = ReadonlyMap<string, string | null>;

/** Every name and alias of the vendors. Build it once for many matches. */
export function vendorIndex(vendors: Iterable<Vendor>): VendorIndex {
  const index = new Map<string, string | null>();
  for (const vendor of vendors) {
    for (const spelling of [vendor.name, ...vendor.aliases]) {
      const key = normaliseVendorName(spelling);
      if (key === '') continue;
      const holder = index.get(key);
      index.set(key, holder === undefined || holder === vendor.id ? vendor.id : null);
    }
  }
  return index;
}

/** The id of the one vendor that goes by this spelling; null when there is none, or more than one. (O12) */
export function matchVendor(index: VendorIndex, text: string): string | null {
  return index.get(normaliseVendorName(text)) ?? null;
}

/** What two spellings of one vendor have in common: `Müller & Söhne GmbH` is `muller and sohne`. (O11) */
export function normaliseVendorName(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replace(/['’]|(?<=(?:^|[^\p{Letter}])\p{Letter})\./gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !LEGAL_FORMS.has(word));
  return (telling.length > 0 ? telling : words).join(' ');
}

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'ab ag aps as asa bv cc co company corp corporation doo dba ev gbr gmbh inc incorporated kft kg kgaa limited ' +
    'llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa sarl sas sasu se sl slu spa srl sro ug'
  ).split(' '),
);
