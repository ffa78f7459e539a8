/** Every entry of a decision log as it may come from another device, a store or a backup. */
import * as v from 'valibot';
import { approvalEvents } from '../approval/schema.ts';
import type { LogEntry } from '../decision-log.ts';
import type { DecisionEvent } from '../event.ts';
import { peopleEvents } from '../people/schema.ts';
import { commandKinds } from './command-schema.ts';
import { count, digest, hash, id, instant, isoDate, shortText, tellingText } from './fields.ts';
import { batch, calendar, departmentVersion, entry, rate } from './records.ts';

const many = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.readonly());
const posting = v.strictObject({ entry, content: digest, digest });
const recoding = v.strictObject({ reversal: entry, entry, digest });

const event: v.GenericSchema<unknown, DecisionEvent> = v.variant('kind', [
  v.strictObject({
    kind: v.literal('workspace-founded'),
    name: tellingText,
    baseCurrency: shortText,
    calendar,
    founder: id,
  }),
  v.strictObject({ kind: v.literal('workspace-renamed'), name: tellingText }),
  v.strictObject({ kind: v.literal('posted'), postings: many(posting), batch: v.nullable(batch) }),
  v.strictObject({ kind: v.literal('returned'), reversals: many(entry), reason: tellingText }),
  v.strictObject({ kind: v.literal('reversed'), reversals: many(entry), reason: tellingText }),
  v.strictObject({ kind: v.literal('recoded'), recodings: many(recoding), reason: tellingText }),
  v.strictObject({ kind: v.literal('department-added'), id, version: departmentVersion, area: v.boolean() }),
  v.strictObject({ kind: v.literal('department-revised'), id, version: departmentVersion }),
  v.strictObject({ kind: v.literal('department-closed'), id, from: v.nullable(isoDate) }),
  v.strictObject({ kind: v.literal('area-marked'), id, area: v.boolean() }),
  v.strictObject({ kind: v.literal('calendar-set'), calendar }),
  v.strictObject({ kind: v.literal('rates-set'), rates: many(rate) }),
  v.strictObject({ kind: v.literal('rate-removed'), from: shortText, to: shortText, date: isoDate }),
  ...approvalEvents,
  ...peopleEvents,
]);

export const logEntry: v.GenericSchema<unknown, LogEntry> = v.strictObject({
  seq: count,
  previous: hash,
  commandId: id,
  command: v.picklist(commandKinds),
  by: id,
  decidedAt: instant,
  decider: v.picklist(['device', 'server']),
  digest: hash,
  hash,
  contents: v.nullable(
    v.strictObject({
      salt: digest,
      givenAt: instant,
      commandDigest: hash,
      events: many(event),
    }),
  ),
  remains: v.exactOptional(many(event)),
});
