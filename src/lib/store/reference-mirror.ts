/** Reference data in memory: categories, vendors, departments, rates and the like, from all documents. */
import { isExchangeRate, type ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { ImportBatch } from '#lib/domain/ledger/expense.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Person } from '#lib/domain/organisation/person.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import type {
  AdjustmentRecord,
  ChangeRecord,
  MethodRecord,
  OverrideRecord,
  Publication,
  RecurringRecord,
} from '#lib/documents/analysis.ts';
import type { WorkspaceSettings } from '#lib/documents/core.ts';
import type {
  AmendmentMirror,
  ClosedPeriod,
  EndedClosing,
  PolicyMirror,
  RateMirror,
  ReopenedPeriod,
  RetentionMirror,
  StandingDelegation,
  WorkspaceMirror,
} from '#lib/documents/decisions.ts';
import type {
  ScenarioAssumption,
  ScenarioChange,
  ScenarioCorrelation,
  ScenarioDistribution,
  ScenarioHead,
} from '#lib/documents/scenario.ts';
import type { ApprovalRequest, Asking } from '#lib/governance/approval/request.ts';
import type { Member } from '#lib/governance/people/people.ts';
import type { OpenInvitation } from '#lib/governance/people/writes-people.ts';
import type { Identified } from '#lib/documents/record-schema.ts';
import type { StoredReference } from './database.ts';
import type { ProjectionContext } from './projection-context.ts';

/** The collections that others refer to, by name. */
export interface ReferenceCollections {
  readonly categories: Category;
  readonly vendors: Vendor;
  readonly projects: Project;
  readonly objectives: Objective;
  readonly versions: BudgetVersion;
  readonly people: Person;
  /** One record, `settings`. */
  readonly settings: WorkspaceSettings;
  /** One record, `workspace`. */
  readonly workspace: WorkspaceMirror;
  readonly departments: Department;
  readonly rates: RateMirror;
  /** Closed ones. */
  readonly periods: ClosedPeriod;
  /** Closed once and opened again. */
  readonly reopened: ReopenedPeriod;
  /** Every closing that was opened again. */
  readonly closings: EndedClosing;
  /** One record, `policy`. */
  readonly policy: PolicyMirror;
  readonly amendments: AmendmentMirror;
  /** Of every area that is read here; one of several areas is there for each of them. */
  readonly requests: ApprovalRequest;
  /** Every submission of them; likewise. */
  readonly askings: Asking;
  readonly batches: ImportBatch;
  /** What stands in the parts of scenarios that are read here. */
  readonly scenarios: OfScenario<ScenarioHead>;
  readonly scenarioChanges: OfScenario<ScenarioChange>;
  readonly scenarioAssumptions: OfScenario<ScenarioAssumption>;
  readonly scenarioDistributions: OfScenario<ScenarioDistribution>;
  readonly scenarioCorrelations: OfScenario<ScenarioCorrelation>;
  readonly members: Member;
  /** Those that nobody has accepted yet. */
  readonly invitations: OpenInvitation;
  /** Those that were not taken back. */
  readonly delegations: StandingDelegation;
  /** One record, `retention`. */
  readonly retention: RetentionMirror;
  /** What is known and decided of the future of lines, of every year and area that is read here. */
  readonly recurring: Placed<RecurringRecord>;
  readonly lineChanges: Placed<ChangeRecord>;
  readonly adjustments: Placed<AdjustmentRecord>;
  readonly overrides: Placed<OverrideRecord>;
  readonly methods: Placed<MethodRecord>;
  readonly publications: Placed<Publication>;
}

/** A record of a scenario, and the part of which scenario it stands in. */
export type OfScenario<R extends Identified> = R & { readonly scenario: string; readonly area: string };

/** A record and the name of the document it stands in; the same id may stand in several. */
export type Placed<R> = R & { readonly document: string };

export class ReferenceMirror {
  readonly #collections = new Map<string, Map<string, Identified>>();

  put({ collection, id, record }: Pick<StoredReference, 'collection' | 'id' | 'record'>): void {
    const records = this.#collections.get(collection) ?? new Map<string, Identified>();
    this.#collections.set(collection, records.set(id, record));
  }

  remove(collection: string, id: string): void {
    this.#collections.get(collection)?.delete(id);
  }

  clear(): void {
    this.#collections.clear();
  }

  all<C extends keyof ReferenceCollections>(collection: C): readonly ReferenceCollections[C][] {
    return [...(this.#collections.get(collection)?.values() ?? [])] as unknown as ReferenceCollections[C][];
  }

  get<C extends keyof ReferenceCollections>(collection: C, id: string): ReferenceCollections[C] | undefined {
    return this.#collections.get(collection)?.get(id) as ReferenceCollections[C] | undefined;
  }

  /** Null until the workspace's founding has arrived here. */
  context(): ProjectionContext | null {
    const workspace = this.get('workspace', 'workspace');
    if (workspace === undefined) return null;
    const { calendar, baseCurrency } = workspace;
    const rates: readonly ExchangeRate[] = this.all('rates').filter(isExchangeRate);
    return { calendar, baseCurrency, rates };
  }
}
