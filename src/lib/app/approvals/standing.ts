/** How a version of the plan and its parts stand, and what one member may do about it. Asks what the decider will ask. */
import { ROOT_DEPARTMENT, type Department } from '#lib/domain/organisation/department.ts';
import { versionOn } from '#lib/domain/organisation/department.ts';
import { signatureFor } from '#lib/governance/approval/authority.ts';
import { mayReturn } from '#lib/governance/approval/may-return.ts';
import { partRequest, versionRequest } from '#lib/governance/approval/request.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import { mayGiveKind } from '#lib/governance/rights/rights.ts';
import { accessOf, type Governed, type Request } from './governed.ts';

/** What stands under one heading: a whole version, or an area's part of it. */
export interface Standing {
  /** Null for the whole version. */
  readonly area: string | null;
  readonly name: string;
  readonly request: Request | null;
  readonly may: ReadonlySet<Act>;
}

export type Act = 'submit' | 'withdraw' | 'approve' | 'return' | 'transfer' | 'amend';

interface Viewer {
  readonly member: string;
  readonly today: string;
  readonly currency: string;
}

/** The version first, then its parts where it has several. */
export function planStandings(
  governed: Governed,
  version: string,
  departments: readonly Department[],
  viewer: Viewer,
): readonly Standing[] {
  const rights = accessOf(governed, viewer.member, viewer.today);
  const whole = versionRequest(governed.requests, version);
  const areas = departments.filter(({ id, area }) => area || id === ROOT_DEPARTMENT);
  const standings = areas.map((department): Standing => {
    const request = partRequest(governed.requests, version, department.id);
    const may = whole === null ? actsOn(request, rights, viewer, department.id) : new Set<Act>();
    return { area: department.id, name: versionOn(department)?.name ?? department.id, request, may };
  });
  const isWaiting = standings.some(({ request }) => request !== whole && request?.status === 'open');
  const acts = actsOn(whole, rights, viewer, null);
  if (isWaiting) acts.delete('submit');
  const all: Standing = { area: null, name: 'Whole version', request: whole, may: acts };
  return standings.length > 1 ? [all, ...standings] : [all];
}

/** What a member may do about a request that waits. */
export function actsOnRequest(governed: Governed, request: Request, viewer: Viewer): ReadonlySet<Act> {
  return actsOn(request, accessOf(governed, viewer.member, viewer.today), viewer, null);
}

function actsOn(request: Request | null, rights: Access, viewer: Viewer, area: string | null): Set<Act> {
  const may = new Set<Act>();
  const spends = mayGiveKind(rights, 'submit') === null && reaches(rights, area);
  if (request === null) return spends ? may.add('submit') : may;
  const { status, subject, by } = request;
  const isApprovedPart = status === 'approved' && subject.kind === 'part';
  const isOpen = status === 'open' || isApprovedPart;
  if (isOpen && by === viewer.member) may.add('withdraw');
  if (status === 'open' && signatureFor(rights, request, viewer.currency).ok) may.add('approve');
  if (isOpen && mayReturn(rights, request)) may.add('return');
  if (status === 'approved' && subject.kind === 'version') {
    if (spends) may.add('amend');
    if (mayGiveKind(rights, 'transfer-budget') === null) may.add('transfer');
  }
  return may;
}

/** Whether some grant for spending holds in the area; the whole version asks for one that holds everywhere. */
function reaches({ held }: Access, area: string | null): boolean {
  return held.some(({ areas }) => areas === null || (area !== null && areas.includes(area)));
}
