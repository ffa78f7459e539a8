/** Publishing the forecast of all lines: it is kept as it is, to be held against what comes. */
import { seasonalDifference } from '#lib/analysis/forecast/accuracy.ts';
import { METHODS } from '#lib/analysis/forecast/methods.ts';
import type { Publication, PublishedLine } from '#lib/documents/analysis.ts';
import { openAnalysis } from '#lib/documents/documents.ts';
import type { Doc } from '#lib/documents/new-document.ts';
import { planOf } from '#lib/domain/budget/version.ts';
import type { Placed } from '#lib/store/reference-mirror.ts';
import type { Told } from '../expense-acts.ts';
import { explainStore } from '../explain-store.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { Forecasted, ForecastsAnswer } from './ask-forecasts.ts';
import { analysisName, type Writing } from './judgement-acts.ts';

/** A publication as a whole: its parts stand in the documents of the areas whose lines it is of. */
export interface WholePublication extends Publication {
  readonly documents: readonly string[];
}

/**
 * Keeps the forecast of every line whose area's document this person may write. The way back takes all of it away.
 * `answer` is by line and period.
 */
export async function publishForecast(
  workspace: Writing,
  reference: Reference,
  name: string,
  answer: Pick<ForecastsAnswer, 'asked' | 'rows' | 'until' | 'ahead' | 'currency'>,
): Promise<Told> {
  const today = workspace.nowIso().slice(0, 10);
  const publication: Publication = {
    id: workspace.newId(),
    name,
    at: workspace.nowIso(),
    by: workspace.member,
    today,
    versionId: planOf(reference.versions, answer.asked.fiscalYear)?.id ?? null,
    until: answer.until.key,
  };
  const lines = answer.rows.flatMap((row) => {
    const line = publishedLine(row, answer, { id: workspace.newId(), publicationId: publication.id });
    const document = analysisName(reference, row.line?.departmentId ?? null, today);
    return line === null ? [] : [{ line, document }];
  });
  if (lines.length === 0)
    return { kind: 'not-done', text: 'No budget line has a forecast yet: there is nothing to publish.' };
  const mine = lines.filter(({ document }) => (workspace.rights?.whyReadOnly(document) ?? null) === null);
  if (mine.length === 0)
    return { kind: 'not-done', text: workspace.rights?.whyReadOnly(lines[0]?.document ?? '') ?? '' };
  const parts = Map.groupBy(mine, ({ document }) => document);
  for (const [document, part] of parts) {
    const written = await workspace.edit(document, async (doc) => {
      const { publications, published } = openAnalysis(doc);
      await insertInParts(
        doc,
        published,
        part.map(({ line }) => line),
      );
      publications.insert(publication);
    });
    if (!written.ok) return { kind: 'not-done', text: explainStore(written.error) };
  }
  const left = lines.length - mine.length;
  const besides =
    left === 0 ? '' : `; ${counted(left)} in areas you may not write ${left === 1 ? 'is' : 'are'} left out`;
  return {
    kind: 'done',
    text: `Published “${name}” with ${counted(mine.length)}${besides}`,
    undo: () => withdrawPublication(workspace, { ...publication, documents: [...parts.keys()] }),
  };
}

/** Takes a publication away, in those areas that this person may write. */
export async function withdrawPublication(
  workspace: Writing,
  { id, name, documents }: WholePublication,
): Promise<Told> {
  for (const document of documents) {
    if ((workspace.rights?.whyReadOnly(document) ?? null) !== null) continue;
    const removed = await workspace.edit(document, (doc: Doc) => {
      const { publications, published } = openAnalysis(doc);
      const by = workspace.author();
      if (publications.has(id)) publications.remove(id, by);
      for (const line of published.all()) if (line.publicationId === id) published.remove(line.id, by);
    });
    if (!removed.ok) return { kind: 'not-done', text: explainStore(removed.error) };
  }
  return { kind: 'done', text: `“${name}” is no longer published` };
}

/** Every publication that is read here, the latest first. */
export async function readPublications(reader: Pick<Reader, 'reference'>): Promise<readonly WholePublication[]> {
  const parts = Map.groupBy(await reader.reference('publications'), ({ id }) => id);
  return [...parts.values()]
    .flatMap((part: readonly Placed<Publication>[]) => {
      const [first] = part;
      return first === undefined ? [] : [{ ...first, documents: part.map(({ document }) => document) }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** The lines of publications, read from their documents. */
export async function readPublished(
  workspace: Pick<Workspace, 'edit'>,
  publications: readonly WholePublication[],
): Promise<readonly PublishedLine[]> {
  const wanted = new Set(publications.map(({ id }) => id));
  const lines: PublishedLine[] = [];
  for (const document of new Set(publications.flatMap(({ documents }) => documents))) {
    const read = await workspace.edit(document, (doc) => [...openAnalysis(doc).published.all()]);
    if (read.ok) lines.push(...read.value.filter(({ publicationId }) => wanted.has(publicationId)));
  }
  return lines;
}

/** Null for money that is on no line of a plan, and for a line without a forecast. */
function publishedLine(
  { line, nature, made, series, expected }: Forecasted,
  { ahead, currency }: Pick<ForecastsAnswer, 'ahead' | 'currency'>,
  ids: Pick<PublishedLine, 'id' | 'publicationId'>,
): PublishedLine | null {
  if (line?.nature !== nature || made === null || series === null) return null;
  const mean = ahead.map(({ key }) => expected.get(key) ?? 0);
  const naive = METHODS['seasonal-naive'](series.values, series.season, ahead.length)?.mean ?? [];
  const scale = seasonalDifference(series.values, series.season);
  const bounds = (level: number, side: 'lower' | 'upper'): number[] =>
    (made.intervals.find((interval) => interval.level === level)?.[side] ?? []).map(Math.round);
  return {
    ...ids,
    lineId: line.id,
    ownerId: line.ownerId,
    nature,
    currency,
    method: made.method,
    periods: ahead.map(({ key }) => key),
    mean,
    calculated: mean.map((figure, at) => figure - Math.round(made.components.override[at] ?? 0)),
    known: made.components.known.map(Math.round),
    naive: naive.map(Math.round),
    lower80: bounds(80, 'lower'),
    upper80: bounds(80, 'upper'),
    lower95: bounds(95, 'lower'),
    upper95: bounds(95, 'upper'),
    scale: scale === null ? null : Math.max(1, Math.round(scale)),
  };
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'line' : 'lines'}`;
}
