/** Every change of a workspace has a number, in the order of commits: how a server learns what another one wrote. */
import type { Pool } from 'pg';
import type { Head } from '#lib/sync/protocol.ts';
import { ask } from './postgres-transaction.ts';

/** What happened in a workspace after a number. */
export interface Changes {
  readonly workspace: string;
  /** The number of the last change. */
  readonly version: number;
  readonly epoch: number;
  /** Documents that have new rows, and where they end. */
  readonly heads: readonly Head[];
}

/** The number of the last change of a workspace; 0 when nothing ever changed. */
export async function positionOf(pool: Pool, workspace: string): Promise<number> {
  const [found] = await ask<{ version: number }>(pool, POSITION, [workspace], 'position');
  return found?.version ?? 0;
}

/** What happened since the numbers given, in those workspaces where something did. */
export async function changesSince(pool: Pool, since: ReadonlyMap<string, number>): Promise<readonly Changes[]> {
  const asked = [[...since.keys()], [...since.values()]];
  const found = await ask<Found>(pool, CHANGES, asked, 'changes');
  return [...Map.groupBy(found, ({ workspace }) => workspace)].map(([workspace, changes]) => ({
    workspace,
    version: changes[0]?.version ?? 0,
    epoch: changes[0]?.epoch ?? 0,
    heads: changes.flatMap(({ document, incarnation, head }) =>
      document === null || incarnation === null ? [] : [{ document, incarnation, head: head ?? 0 }],
    ),
  }));
}

interface Found {
  readonly workspace: string;
  readonly version: number;
  readonly epoch: number;
  readonly document: string | null;
  readonly incarnation: string | null;
  readonly head: number | null;
}

const POSITION = 'SELECT version FROM positions WHERE workspace = $1';
const CHANGES = `
  WITH moved AS (
    SELECT workspace, p.version, p.epoch, since FROM unnest($1::text[], $2::bigint[]) AS asked (workspace, since)
    JOIN positions AS p USING (workspace) WHERE p.version > since)
  SELECT workspace, moved.version, epoch, d.name AS document, d.incarnation, d.head
  FROM moved JOIN documents AS d USING (workspace) WHERE d.version > since
  UNION ALL
  SELECT workspace, version, epoch, NULL, NULL, NULL FROM moved`;
