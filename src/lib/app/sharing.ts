/** A workspace is shared, and joined by invitation. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { databaseNameOf, type RegisteredWorkspace } from '#lib/store/registry.ts';
import type { SyncRefusal } from '#lib/sync/status.ts';
import { renameMember } from './commands/people.ts';
import { wireOf, type Invitation } from './invitation.ts';
import type { Session } from './session.svelte.ts';
import { keysHere } from './signing-in.ts';
import type { Workspace } from './workspace.svelte.ts';

/** How long joining or sharing waits for the server before it says that nobody answers. */
const PATIENCE_MS = 20_000;

export type JoinFailure =
  | StoreFailure
  | { readonly kind: 'refused'; readonly why: SyncRefusal }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'sign-in' };

/** Hands a local workspace, its history and all, to the server this app came from. From then on the server decides. */
export async function shareWorkspace(session: Session, workspace: Workspace): Promise<Result<null, JoinFailure>> {
  const keys = await keysHere(session);
  if (!keys.ok) return err({ kind: 'sign-in' });
  const registered: RegisteredWorkspace = {
    ...workspace.registered,
    kind: 'shared',
    serverUrl: wireOf(location.origin),
    deviceKeys: keys.value,
  };
  const welcomed = await welcome(workspace, (onwelcome) => workspace.connect({ registered, share: true, onwelcome }));
  if (!welcomed.ok) {
    await workspace.disconnect();
    return welcomed;
  }
  return session.remember(registered);
}

/** Joins by an invitation's link: this device becomes a member with a key of its own, and the workspace comes to it. */
export async function joinWorkspace(
  session: Session,
  invitation: Invitation,
  person: string,
): Promise<Result<Workspace, JoinFailure>> {
  const joined = await openFromServer(session, invitation);
  if (joined.ok && joined.value.isNew && person !== '' && person !== invitation.offer?.name)
    await renameMember(joined.value.workspace, joined.value.member, person);
  return joined.ok ? ok(joined.value.workspace) : joined;
}

interface Arrival {
  readonly workspace: Workspace;
  /** Who the person is in it. */
  readonly member: string;
  /** Whether they came by an invitation just now. */
  readonly isNew: boolean;
}

/** Brings a workspace of this person to this device: by an invitation, or because the account is a member of it. */
export async function openFromServer(
  session: Session,
  { workspace: id, serverUrl, token }: Pick<Invitation, 'workspace' | 'serverUrl'> & { readonly token?: string },
): Promise<Result<Arrival, JoinFailure>> {
  const known = session.known?.find((each) => each.id === id);
  if (known !== undefined) {
    const reopened = await session.open(known);
    return reopened.ok ? ok({ workspace: reopened.value, member: known.memberId, isNew: false }) : reopened;
  }
  const keys = await keysHere(session);
  if (!keys.ok) return err({ kind: 'sign-in' });
  const candidate: RegisteredWorkspace = {
    id,
    name: '',
    database: databaseNameOf(id),
    kind: 'shared',
    serverUrl,
    memberId: '',
    deviceKeys: keys.value,
    lastOpenedAt: new Date().toISOString(),
  };
  const opened = await session.prepare(candidate);
  if (!opened.ok) return opened;
  const line = token === undefined ? {} : { token };
  const welcomed = await welcome(opened.value, (onwelcome) => opened.value.connect({ ...line, onwelcome }));
  await opened.value.close();
  if (!welcomed.ok) {
    await session.remove(id);
    return welcomed;
  }
  const joined = await session.open({ ...candidate, memberId: welcomed.value });
  return joined.ok ? ok({ workspace: joined.value, member: welcomed.value, isNew: token !== undefined }) : joined;
}

/** Connects and waits for the server's welcome, its refusal, or until it is clear that nobody answers. */
async function welcome(
  workspace: Workspace,
  connect: (onwelcome: (member: string) => void) => Promise<void>,
): Promise<Result<string, JoinFailure>> {
  const welcomed: string[] = [];
  await connect((member) => welcomed.push(member));
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [member] = welcomed;
    if (member !== undefined) return ok(member);
    const { kind, reason } = workspace.sync;
    if (kind === 'sign-in') return err({ kind });
    if (kind === 'refused' && reason !== null) return err({ kind: 'refused', why: reason });
    if (Date.now() > deadline) return err({ kind: 'no-answer' });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
