/**
 * What the list of expenses shows, as its address says it: every figure elsewhere links to its rows this way.
 * `text vendor category department project line batch from to state nature undated sort`; an empty value means "not
 * said", `category` and its like hold several ids with commas between.
 */
import type { Dimension, Nature, RowState } from '#lib/store/columns.ts';
import type { Filter } from '#lib/store/filter.ts';
import type { ListSort } from '#lib/store/list.ts';

const FILTER_LISTS = ['vendor', 'category', 'department', 'project', 'line', 'batch'] as const;
export type FilterList = (typeof FILTER_LISTS)[number] & Dimension;

export type ShownState = RowState | 'all';

export interface ExpenseFilters {
  readonly state: ShownState;
  readonly text: string;
  /** Ids by what they are of; the empty id is "not said". */
  readonly lists: { readonly [L in FilterList]?: readonly string[] };
  /** Keys of the first and last period, both inclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly nature: Nature | null;
  /** True: only those of unknown date. */
  readonly undated: boolean;
  readonly sort: ListSort;
}

const NEWEST_FIRST: ListSort = { by: 'date', descending: true };

const STATES: readonly ShownState[] = ['unposted', 'posted', 'returned', 'all'];
const SORTS: readonly ListSort['by'][] = ['date', 'amount', 'vendor', 'category', 'department', 'project', 'period'];
const NARROWING: readonly string[] = [...FILTER_LISTS, 'text', 'from', 'to', 'nature', 'undated', 'expense'];

/** Without a state: everything that fits where the address narrows the list, else what waits to be posted. */
export function filtersFrom(params: URLSearchParams): ExpenseFilters {
  const state = STATES.find((each) => each === params.get('state'));
  const nature = params.get('nature');
  const lists = FILTER_LISTS.flatMap((list) => {
    const ids = params.get(list)?.split(',');
    return ids === undefined ? [] : [[list, [...new Set(ids)]] as const];
  });
  return {
    state: state ?? (NARROWING.some((name) => params.has(name)) ? 'all' : 'unposted'),
    text: params.get('text') ?? '',
    lists: Object.fromEntries(lists),
    from: params.get('from'),
    to: params.get('to'),
    nature: nature === 'cost' || nature === 'revenue' ? nature : null,
    undated: params.has('undated') && params.get('undated') !== '0',
    sort: sortFrom(params.get('sort')),
  };
}

/** The address of the same filters; what does not narrow is left out. */
export function paramsOf(filters: ExpenseFilters): URLSearchParams {
  const params = new URLSearchParams();
  params.set('state', filters.state);
  if (filters.text.trim() !== '') params.set('text', filters.text);
  for (const list of FILTER_LISTS) {
    const ids = filters.lists[list];
    if (ids !== undefined) params.set(list, ids.join(','));
  }
  if (filters.from !== null) params.set('from', filters.from);
  if (filters.to !== null) params.set('to', filters.to);
  if (filters.nature !== null) params.set('nature', filters.nature);
  if (filters.undated) params.set('undated', '1');
  const { by, descending } = filters.sort;
  if (by !== NEWEST_FIRST.by || !descending) params.set('sort', `${descending ? '-' : ''}${by}`);
  return params;
}

/** Whether anything but the state narrows the list. */
export function isNarrowed({ text, lists, from, to, nature, undated }: ExpenseFilters): boolean {
  return (
    text.trim() !== '' || Object.keys(lists).length > 0 || from !== null || to !== null || nature !== null || undated
  );
}

/** The question the filters put to the store; with a state of its own to count what another tab would show. */
export function queryOf(filters: ExpenseFilters, state: ShownState = filters.state): Filter {
  const { text, lists, from, to, nature, undated } = filters;
  return {
    ...(Object.keys(lists).length === 0 ? {} : { values: lists }),
    ...(from === null && to === null ? {} : { periods: { from: from ?? '', to: to ?? LAST_KEY } }),
    ...(undated ? { undated } : {}),
    ...(state === 'all' ? {} : { states: [state] }),
    ...(nature === null ? {} : { nature }),
    ...(text.trim() === '' ? {} : { text }),
  };
}

/** Sorts behind every period's key. */
const LAST_KEY = '~';

/** `-amount` is by amount, falling; anything else than a known order is the newest first. */
export function sortFrom(text: string | null): ListSort {
  const descending = text?.startsWith('-') ?? false;
  const by = SORTS.find((each) => each === text?.replace(/^-/, ''));
  return by === undefined ? NEWEST_FIRST : { by, descending };
}
