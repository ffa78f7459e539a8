import type { ChainFinding } from '#lib/governance/audit/remembered.ts';

export interface ExplainedFinding {
  readonly title: string;
  /** What it means and what to do. */
  readonly detail: string;
}

/** `moment` writes an instant as people read it. */
export function explainFinding(
  { why, before, now }: ChainFinding,
  moment: (instant: string) => string,
): ExplainedFinding {
  const todo =
    'Download a backup of this device under Settings, Data, before anything else, and ask whoever runs the server what happened. Both heads are kept on the page Audit trail as proof.';
  const seen = before === null ? '' : `Entry ${before.seq}, which this device saw signed on ${moment(before.at)},`;
  switch (why) {
    case 'rewritten':
      return {
        title: 'The history of this workspace was rewritten on the server',
        detail: `${seen} is another one now. Somebody has changed what was written before. ${todo}`,
      };
    case 'truncated':
      return {
        title: 'A part of the history is missing on the server',
        detail: `${seen} is no longer there: the history ends with entry ${now.seq}. Either an older backup was restored there, or somebody has cut it off. ${todo}`,
      };
    case 'other-key':
      return {
        title: 'The server signs with another key than before',
        detail: `It may have been set up anew; or it is another server under the same name. ${todo}`,
      };
    case 'forged':
      return {
        title: 'The server showed a history that nobody signed',
        detail: `The signature under the end of its history is not valid. Somebody may stand between this device and the server. ${todo}`,
      };
  }
}
