/** The content that a version of the plan is locked to, and the content that it took the place of. */
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { versionRequest } from '#lib/governance/approval/request.ts';
import type { Governed, Request } from './governed.ts';

export interface Locked {
  /** The request by which the version was approved. */
  readonly request: Request;
  /** Set for an amendment: the version before and the content it was approved as. */
  readonly replaced: Replaced | null;
}

export interface Replaced {
  readonly name: string;
  readonly hash: string;
}

/** Null while the version is not approved, or what was approved is not read here. */
export function lockedVersion(governed: Governed, version: string, versions: readonly BudgetVersion[]): Locked | null {
  const request = versionRequest(governed.requests, version);
  if (request?.status !== 'approved' && request?.status !== 'superseded') return null;
  return { request, replaced: replacedBy(governed, version, versions) };
}

/** What an amendment takes the place of once it is approved; null for a version that amends none. */
export function replacedBy(
  { amendments, requests }: Governed,
  version: string,
  versions: readonly BudgetVersion[],
): Replaced | null {
  const of = amendments.find(({ id }) => id === version)?.of;
  const before = of === undefined ? null : versionRequest(requests, of);
  if (of === undefined || before === null) return null;
  return { name: versions.find(({ id }) => id === of)?.name ?? 'a version', hash: before.hash };
}
