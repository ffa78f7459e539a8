/** The names a file uses, matched with the workspace's own lists. (X13) */
import type { Category, CategoryKind } from '#lib/domain/organisation/category.ts';
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { versionOn, type Department } from '#lib/domain/organisation/department.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import { normaliseVendorName } from '#lib/domain/organisation/vendor-match.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';

/** The workspace's lists as they stand today. */
export interface Directory {
  readonly categories: readonly Category[];
  readonly departments: readonly Department[];
  readonly vendors: readonly Vendor[];
  readonly projects: readonly Project[];
}

export type NameList = 'categories' | 'departments' | 'vendors' | 'projects';

/** What a person said a name of the file stands for: the file's text to an id, or to null for nothing. */
export type ChosenNames = Readonly<Partial<Record<NameList, Readonly<Record<string, string | null>>>>>;

/** Finds ids by name; `suggest` also says what a name with no equal resembles. */
export interface NameFinder {
  readonly find: (list: NameList, text: string) => string | null;
  readonly suggest: (list: NameList, text: string) => string | null;
  readonly isRevenue: (categoryId: string | null) => boolean;
}

export function nameFinder(directory: Directory, chosen: ChosenNames): NameFinder {
  const index: Record<NameList, ReadonlyMap<string, string>> = {
    categories: indexOf(categoryKeys(directory.categories)),
    departments: indexOf(directory.departments.map((department) => [department.id, departmentNames(department)])),
    vendors: indexOf(directory.vendors.map(({ id, name, aliases }) => [id, [name, ...aliases]])),
    projects: indexOf(directory.projects.map(({ id, name, code }) => [id, [name, code]])),
  };
  const revenue = new Set(directory.categories.filter(({ nature }) => nature === 'revenue').map(({ id }) => id));
  const found: Record<NameList, Map<string, string | null>> = {
    categories: new Map(),
    departments: new Map(),
    vendors: new Map(),
    projects: new Map(),
  };

  function find(list: NameList, text: string): string | null {
    if (text === '') return null;
    const known = found[list].get(text);
    if (known !== undefined) return known;
    const choice = chosen[list]?.[text];
    const id = choice === undefined ? equal(index[list], text) : choice;
    found[list].set(text, id);
    return id;
  }
  return {
    find,
    suggest: (list, text) => find(list, text) ?? similar(list, text, index[list], directory.categories),
    isRevenue: (categoryId) => categoryId !== null && revenue.has(categoryId),
  };
}

function equal(index: ReadonlyMap<string, string>, text: string): string | null {
  return index.size === 0 ? null : (index.get(normaliseVendorName(text)) ?? null);
}

/** A name that two of the list share stands for neither. */
function indexOf(names: Iterable<readonly [string, readonly string[]]>): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  const shared = new Set<string>();
  for (const [id, spellings] of names) {
    for (const key of new Set(spellings.map(normaliseVendorName))) {
      if (key === '') continue;
      if (index.has(key) && index.get(key) !== id) shared.add(key);
      index.set(key, id);
    }
  }
  for (const key of shared) index.delete(key);
  return index;
}

/** A category goes by its name and by its path (`Software / Licences`). */
function categoryKeys(categories: readonly Category[]): [string, string[]][] {
  return [...categoryTree(categories).values()].map(({ category, path }) => [
    category.id,
    [category.name, path.join(' / ')],
  ]);
}

function departmentNames(department: Department): string[] {
  const version = versionOn(department);
  return version === undefined ? [] : [version.name, version.code];
}

/** Words of ledgers that point to a kind of IT cost. */
const kindWords: readonly (readonly [CategoryKind, RegExp])[] = [
  ['cloud', /\b(?:cloud|hosting|iaas|paas|aws|azure|data ?cent(?:re|er))\b/],
  ['maintenance', /\b(?:maintenance|support|repairs?|wartung|entretien|mantenimiento|manutenzione|onderhoud)\b/],
  ['software', /\b(?:software|saas|licen[cs]es?|licen[cs]ing|lizenz(?:en)?|logiciels?|licencias?|subscriptions?)\b/],
  ['hardware', /\b(?:hardware|computers?|laptops?|servers?|printers?|it equipment|materiel|devices?)\b/],
  ['telecom', /\b(?:tele(?:com|phone|phony|coms)\w*|mobiles?|broadband|network|telefon\w*|internet)\b/],
  ['personnel', /\b(?:salar(?:y|ies)|wages?|payroll|staff\w*|pensions?|recruitment|personal(?:kosten)?|training)\b/],
  ['services', /\b(?:consult\w*|professional|contractors?|contracted|services|beratung|honoraires|agency)\b/],
  ['facilities', /\b(?:rents?|electricity|energy|premises|cleaning|utilities|miete|loyer|rooms?)\b/],
];

/** The one name of the list that holds the same words or is held, or for a category the pool its words point to. */
function similar(
  list: NameList,
  text: string,
  index: ReadonlyMap<string, string>,
  categories: readonly Category[],
): string | null {
  if (index.size === 0) return null;
  const key = normaliseVendorName(text);
  if (key.length < 3) return null;
  const alike = new Set<string>();
  for (const [name, id] of index) {
    if (name.length >= 3 && (` ${key} `.includes(` ${name} `) || ` ${name} `.includes(` ${key} `))) alike.add(id);
  }
  const [only] = alike;
  if (alike.size === 1 && only !== undefined) return only;
  if (list !== 'categories') return null;
  const kind = kindWords.find(([, words]) => words.test(key))?.[0];
  return categories.find((category) => category.kind === kind && category.parentId === null)?.id ?? null;
}
