/** Every command as it may come over the wire or out of a store. */
import * as v from 'valibot';
import { approvalCommands } from '../approval/schema.ts';
import type { Command, GivenCommand } from '../command.ts';
import { peopleCommands } from '../people/schema.ts';
import { generation, id, instant, isoDate, shortText, tellingText } from './fields.ts';
import { batch, calendar, coding, departmentVersion, entry, expense, rate } from './records.ts';

/** How many expenses or entries one command carries at most. */
export const MAX_PER_COMMAND = 500;

const some = <S extends v.GenericSchema>(item: S) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(MAX_PER_COMMAND), v.readonly());

const { vendorId, categoryId, departmentId, projectId, lineId } = coding;

const recoding = v.pipe(
  v.strictObject({
    vendorId: v.exactOptional(vendorId),
    categoryId: v.exactOptional(categoryId),
    departmentId: v.exactOptional(departmentId),
    projectId: v.exactOptional(projectId),
    lineId: v.exactOptional(lineId),
  }),
  v.check((fields) => Object.keys(fields).length > 0, 'something to change'),
);

const schemas = [
  v.strictObject({
    kind: v.literal('found-workspace'),
    name: tellingText,
    baseCurrency: shortText,
    calendar,
    founder: id,
  }),
  v.strictObject({ kind: v.literal('rename-workspace'), name: tellingText }),
  v.strictObject({
    kind: v.literal('post'),
    expenses: some(expense),
    generations: v.record(id, generation),
    batch: v.nullable(batch),
    undatedAs: v.nullable(isoDate),
  }),
  v.strictObject({ kind: v.literal('return'), entries: some(entry), reason: tellingText }),
  v.strictObject({ kind: v.literal('reverse'), entries: some(entry), reason: tellingText }),
  v.strictObject({ kind: v.literal('recode'), entries: some(entry), coding: recoding, reason: tellingText }),
  v.strictObject({ kind: v.literal('add-department'), id, version: departmentVersion, area: v.boolean() }),
  v.strictObject({ kind: v.literal('revise-department'), id, version: departmentVersion }),
  v.strictObject({ kind: v.literal('close-department'), id, from: v.nullable(isoDate) }),
  v.strictObject({ kind: v.literal('mark-area'), id, area: v.boolean() }),
  v.strictObject({ kind: v.literal('set-calendar'), calendar }),
  v.strictObject({ kind: v.literal('set-rates'), rates: some(rate) }),
  v.strictObject({ kind: v.literal('remove-rate'), from: shortText, to: shortText, date: isoDate }),
  ...approvalCommands,
  ...peopleCommands,
] as const;

const command: v.GenericSchema<unknown, Command> = v.variant('kind', schemas);

export const givenCommand: v.GenericSchema<unknown, GivenCommand> = v.strictObject({
  id,
  command,
  by: id,
  at: instant,
});

export const commandKinds: readonly Command['kind'][] = schemas.map(({ entries }) => entries.kind.literal);
