/** The names a file uses, each with how many rows use it and what it stands for. (X13) */
import type { NameFinder, NameList } from './names.ts';

export interface MetName {
  /** As the file writes it. */
  readonly text: string;
  readonly rows: number;
  /** What it was matched with, or null. */
  readonly id: string | null;
  /** Where it was not matched: what it resembles, to be offered and never taken unasked. */
  readonly similar: string | null;
}

export interface MetNames {
  readonly add: (names: Readonly<Record<NameList, string>>) => void;
  /** Per list, the most used first. */
  readonly all: (finder: NameFinder) => Readonly<Record<NameList, readonly MetName[]>>;
}

export function metNames(): MetNames {
  const rows: Record<NameList, Map<string, number>> = {
    categories: new Map(),
    departments: new Map(),
    vendors: new Map(),
    projects: new Map(),
  };
  const lists: readonly NameList[] = ['categories', 'departments', 'vendors', 'projects'];
  return {
    add(names) {
      for (const list of lists) {
        if (names[list] !== '') rows[list].set(names[list], (rows[list].get(names[list]) ?? 0) + 1);
      }
    },
    all(finder) {
      const met = (list: NameList): MetName[] =>
        [...rows[list]]
          .map(([text, count]) => {
            const id = finder.find(list, text);
            return { text, rows: count, id, similar: id === null ? finder.suggest(list, text) : null };
          })
          .sort((a, b) => b.rows - a.rows);
      return {
        categories: met('categories'),
        departments: met('departments'),
        vendors: met('vendors'),
        projects: met('projects'),
      };
    },
  };
}
