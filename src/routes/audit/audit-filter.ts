/** What the address asks the journal for, and back: a figure's "History" is a link to it. */
import { EVERYTHING, type JournalFilter } from '#lib/app/audit/journal-filter.ts';

const NAMES = {
  member: 'person',
  kind: 'kind',
  record: 'record',
  from: 'from',
  until: 'until',
  words: 'text',
} as const;

export function filterFrom(params: URLSearchParams): JournalFilter {
  return {
    member: params.get(NAMES.member),
    kind: params.get(NAMES.kind),
    record: params.get(NAMES.record),
    from: params.get(NAMES.from),
    until: params.get(NAMES.until),
    words: params.get(NAMES.words) ?? '',
  };
}

export function addressOf(filter: Partial<JournalFilter>): string {
  const params = new URLSearchParams();
  for (const [field, name] of Object.entries(NAMES)) {
    const value = { ...EVERYTHING, ...filter }[field as keyof JournalFilter];
    if (value !== null && value !== '') params.set(name, value);
  }
  return params.size === 0 ? '/audit' : `/audit?${params}`;
}
