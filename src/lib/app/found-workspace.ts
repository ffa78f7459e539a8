/** A workspace begins: blank, or as the sample. */
import { openCore } from '#lib/documents/documents.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { DEFAULT_CATEGORIES } from '#lib/domain/organisation/default-categories.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import { renameMember } from './commands/people.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { newLocalWorkspace, type Session } from './session.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

export interface Founding {
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  /** BCP 47 tag by which the workspace writes numbers and dates. */
  readonly locale: string;
  /** How the founder is called. */
  readonly person: string;
}

export type FoundingFailure = StoreFailure | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Founds a local workspace, fills it, and shows it; nothing stays on the device when that fails. */
export async function foundWorkspace(
  session: Session,
  founding: Founding,
  fill: (workspace: Workspace) => Promise<void> = () => Promise.resolve(),
): Promise<Result<Workspace, FoundingFailure>> {
  const registered = newLocalWorkspace(founding.name);
  const opened = await session.prepare(registered);
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const begun = await begin(workspace, founding);
  if (!begun.ok) {
    await workspace.close();
    await session.remove(registered.id);
    return begun;
  }
  await fill(workspace);
  await session.show(workspace);
  return ok(workspace);
}

/** The sample workspace of Harbourlight, dated relative to `today`; `lines` and `expenses` ask for volume. */
export async function foundSample(
  session: Session,
  options: { readonly today: string; readonly lines?: number; readonly expenses?: number },
): Promise<Result<Workspace, FoundingFailure>> {
  const { writeSample } = await import('./sample/write-sample.ts');
  const founding: Founding = {
    name: 'Harbourlight',
    baseCurrency: 'EUR',
    calendar: { pattern: 'months', startMonth: 1, namedBy: 'start' },
    locale: navigator.language,
    person: 'You',
  };
  return foundWorkspace(session, founding, (workspace) => writeSample(workspace, options));
}

async function begin(workspace: Workspace, founding: Founding): Promise<Result<null, FoundingFailure>> {
  const { name, baseCurrency, calendar } = founding;
  const founder = workspace.member;
  const founded = await workspace.give({ kind: 'found-workspace', name, baseCurrency, calendar, founder });
  if (founded.kind === 'not-kept') return err(founded.why);
  if (founded.kind === 'refused') return err({ kind: 'refused', refusal: founded.refusal });
  await renameMember(workspace, founder, founding.person);
  const written = await workspace.add('core', (doc) => {
    const core = openCore(doc);
    doc.transact(() => {
      for (const category of DEFAULT_CATEGORIES) core.categories.insert(category);
      core.workspace.insert({ id: 'settings', locale: founding.locale });
    });
  });
  return written.ok ? ok(null) : written;
}
