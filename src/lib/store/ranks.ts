/** The order in which people read the values of a dimension: by name, in their own language. */
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import type { Columns, Dimension } from './columns.ts';
import type { Ranks } from './list.ts';
import type { ReferenceMirror } from './reference-mirror.ts';

/** "Not said" has no rank: it comes last. */
export function ranksOf(columns: Columns, reference: ReferenceMirror): Ranks {
  const collator = new Intl.Collator(reference.get('settings', 'settings')?.locale, { numeric: true });
  return (dimension) => {
    const names = namesOf(dimension, reference);
    const values = columns.dictionaries[dimension].values.filter((value) => value !== '');
    const named = values.map((value) => ({ value, name: names.get(value) ?? value.replace(/^text:/, '') }));
    named.sort((a, b) => collator.compare(a.name, b.name));
    return new Map(named.map(({ value }, rank) => [value, rank]));
  };
}

function namesOf(dimension: Dimension, reference: ReferenceMirror): ReadonlyMap<string, string> {
  switch (dimension) {
    case 'category':
      return byId(reference.all('categories'));
    case 'vendor':
      return byId(reference.all('vendors'));
    case 'project':
      return byId(reference.all('projects'));
    case 'department':
      return byId([...treeOn(reference.all('departments')).values()]);
    case 'period':
    case 'line':
    case 'batch':
      return new Map();
  }
}

function byId(named: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(named.map(({ id, name }) => [id, name]));
}
