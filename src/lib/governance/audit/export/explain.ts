/** What verifying an export found, in a sentence. */
import type { Result } from '#lib/domain/result.ts';
import type { ExportFault, VerifiedExport } from './verify-export.ts';

export function explainVerdict(verdict: Result<VerifiedExport, ExportFault>): string {
  return verdict.ok ? explainVerified(verdict.value) : explainFault(verdict.error);
}

function explainVerified({ workspace, first, last, erased, withheld, proved, head }: VerifiedExport): string {
  const count = last - first + 1;
  return [
    `Nothing was changed: ${counted(count, 'entry', 'entries')} (${first} to ${last}) of workspace ${workspace} follow each other and lead to the head that its server signed on ${head.at}.`,
    ...(erased > 0
      ? [`The contents of ${counted(erased, 'entry was', 'entries were')} erased; the chain holds without them.`]
      : []),
    ...(withheld > 0
      ? [
          `The contents of ${counted(withheld, 'entry was', 'entries were')} withheld: whoever exported this may not read what they are about. The chain holds without them.`,
        ]
      : []),
    ...(proved > 0
      ? [`${counted(proved, 'batch shows which updates were in it', 'batches show which updates were in them')}.`]
      : []),
    `The server's key is ${head.key}. Compare it with the one that Outlay shows under Audit.`,
  ].join(' ');
}

function explainFault(fault: ExportFault): string {
  if (fault.kind === 'header') return HEADER_FAULTS[fault.why];
  return `The first bad entry is number ${fault.seq}, in line ${fault.line}. ${ENTRY_FAULTS[fault.why]} Nothing from there on can be relied on.`;
}

const HEADER_FAULTS: Record<Extract<ExportFault, { kind: 'header' }>['why'], string> = {
  'not-an-export': 'The first line is not that of an audit export, or was changed. Export it again and compare.',
  changed: 'The first line was changed after the export: it no longer says what it said. No entry was looked at.',
  'wrong-signature':
    'The signature of a head in the first line is not valid: the head was not signed with the key that stands beside it. No entry was looked at.',
  'other-workspace': 'A head in the first line is that of another workspace. No entry was looked at.',
  'other-key': 'A head in the first line was signed with another key than expected. No entry was looked at.',
};

const ENTRY_FAULTS: Record<Extract<ExportFault, { kind: 'entry' }>['why'], string> = {
  unreadable: 'What stands there is not an entry as it was written: the line was changed.',
  'left-out': 'It is not there: a later entry stands in its place. It was left out or moved.',
  'out-of-place': 'Another entry stands there that does not belong: it was put in, repeated or moved.',
  'does-not-follow': 'It does not follow from the entry before it: one of the two was put in or exchanged.',
  changed: 'It was changed after it was written: its hash is not that of what it says.',
  'contents-changed': 'Its contents were changed after it was written: they are not those it was made with.',
  rewritten: 'It is not the entry that the server signed: the history up to it was rewritten.',
  truncated: 'It is missing: the file ends before the head that the server signed.',
  'updates-differ': 'The hashes of updates beside it are not those of its batch: they were changed.',
};

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
