/** `core`: reference data that every member reads. */
import * as v from 'valibot';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Person } from '#lib/domain/organisation/person.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import { hundredths, minorUnits, nature, optionalDate, reference, text } from './field-readers.ts';
import { progressAsFields, progressFields } from './project-progress.ts';
import { plainSchema, type RecordSchema } from './record-schema.ts';

/** How the workspace shows things to everybody. One record, its id is `settings`. */
export interface WorkspaceSettings {
  readonly id: string;
  /** BCP 47 tag by which numbers and dates are written, such as `de-DE`. */
  readonly locale: string;
}

const categories = plainSchema<Category>(
  ['name', 'parentId', 'kind', 'nature', 'order'],
  v.object({
    id: text,
    name: text,
    parentId: reference,
    kind: v.picklist([
      'hardware',
      'software',
      'cloud',
      'personnel',
      'services',
      'maintenance',
      'facilities',
      'telecom',
      'other',
      'revenue',
    ]),
    nature,
    order: v.number(),
  }),
);

const vendors = plainSchema<Vendor>(
  ['name', 'aliases', 'note'],
  v.object({ id: text, name: text, aliases: v.array(text), note: text }),
);

const projects: RecordSchema<Project> = {
  columns: ['name', 'code', 'objectiveId', 'closed'],
  reader: v.pipe(
    v.record(text, v.unknown()),
    v.transform((fields) => ({ ...fields, ...progressFields(fields) })),
    v.object({
      id: text,
      name: text,
      code: text,
      objectiveId: reference,
      closed: v.boolean(),
      progress: v.exactOptional(
        v.object({ complete: v.record(text, hundredths), remaining: v.record(text, minorUnits) }),
      ),
    }),
  ),
  toFields: ({ id: _id, progress, ...fields }) => ({ ...fields, ...(progress && progressAsFields(progress)) }),
};

const objectives = plainSchema<Objective>(
  ['name', 'metric', 'target', 'due'],
  v.object({ id: text, name: text, metric: text, target: text, due: optionalDate }),
);

const versions = plainSchema<BudgetVersion>(
  ['name', 'kind', 'fiscalYear', 'parentId', 'createdAt', 'createdBy', 'archived'],
  v.object({
    id: text,
    name: text,
    kind: v.picklist(['budget', 'forecast']),
    fiscalYear: v.pipe(v.number(), v.integer()),
    parentId: reference,
    createdAt: text,
    createdBy: text,
    archived: v.boolean(),
  }),
);

const workspace = plainSchema<WorkspaceSettings>(['locale'], v.object({ id: text, locale: text }));

const people = plainSchema<Person>(['name'], v.object({ id: text, name: text }));

export const coreSchemas = { categories, vendors, projects, objectives, versions, workspace, people };
