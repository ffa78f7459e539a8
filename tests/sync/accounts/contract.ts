import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountStorage, Passkey, SignUp } from '#server/accounts/account-storage.ts';

/** Accounts on a fresh place, and how to open the same place again. */
export interface AccountPlace {
  open(): Promise<AccountStorage> | AccountStorage;
  close(): Promise<void>;
  remove(): Promise<void> | void;
}

const AT = '2027-03-01T08:00:00.000Z';
const LATER = '2027-03-02T08:00:00.000Z';

function entryOf(name: string, over: Partial<SignUp> = {}): SignUp {
  const id = name.toLowerCase();
  return {
    account: { id, name, isOwner: false, createdAt: AT },
    ticket: null,
    credential: { kind: 'password', hash: `hash of ${id}` },
    session: { id: `${id} 1`, device: `laptop of ${id}`, name: 'Laptop', createdAt: AT },
    ...over,
  };
}

function passkeyOf(id: string, account: string): Passkey {
  const publicKey = Uint8Array.of(1, 2, 255);
  return { id, account, publicKey, counter: 0, transports: ['usb'], createdAt: AT, usedAt: null };
}

/** What every account storage must do; each implementation runs these same tests. */
export function accountContract(newPlace: () => AccountPlace): void {
  let place: AccountPlace;
  let accounts: AccountStorage;

  beforeEach(async () => {
    place = newPlace();
    accounts = await place.open();
  });
  afterEach(async () => {
    await place.close();
    await place.remove();
  });

  async function reopen(): Promise<void> {
    await place.close();
    accounts = await place.open();
  }

  test('the secret is made once and stays', async () => {
    const secret = Buffer.from(await accounts.secret());
    expect(secret).toHaveLength(32);
    await reopen();
    expect(Buffer.from(await accounts.secret())).toEqual(secret);
  });

  test('who signs up has an account, a password and a session, also after reopening', async () => {
    expect(await accounts.signUp(entryOf('Ana'))).toEqual({ ok: true, value: null });
    await reopen();
    const ana = { id: 'ana', name: 'Ana', isOwner: false, createdAt: AT };
    expect(await accounts.account('ana')).toEqual(ana);
    expect(await accounts.accounts()).toEqual([ana]);
    expect(await accounts.password('ana')).toBe('hash of ana');
    const session = { id: 'ana 1', account: 'ana', device: 'laptop of ana', name: 'Laptop', createdAt: AT };
    expect(await accounts.sessionOfDevice('laptop of ana')).toEqual({ ...session, usedAt: AT, endedAt: null });
    expect(await accounts.account('ben')).toBeNull();
  });

  test('names are one whatever their case and spaces; who comes second leaves nothing behind', async () => {
    await accounts.signUp(entryOf('Ana Lund'));
    const second = entryOf('x', { account: { id: 'x', name: ' ANA  lund ', isOwner: false, createdAt: AT } });
    expect(await accounts.signUp(second)).toEqual({ ok: false, error: 'name-taken' });
    expect(await accounts.session('x 1')).toBeNull();
    expect(await accounts.accountNamed('ana lund')).toMatchObject({ name: 'Ana Lund' });
    await accounts.signUp(entryOf('Ben'));
    expect(await accounts.rename('ben', 'ana LUND')).toEqual({ ok: false, error: 'name-taken' });
    expect(await accounts.rename('ben', 'BEN')).toMatchObject({ ok: true });
    expect(await accounts.accountNamed('ben')).toMatchObject({ id: 'ben', name: 'BEN' });
  });

  test('the first owner uses up every set-up link', async () => {
    const link = { kind: 'set-up', account: null, createdAt: AT, expiresAt: null } as const;
    await accounts.addTicket({ ...link, tokenHash: 'first' });
    await accounts.addTicket({ ...link, tokenHash: 'second' });
    expect(await accounts.ticket('second')).toEqual({ ...link, tokenHash: 'second' });
    expect(await accounts.hasOwner()).toBe(false);
    const account = { id: 'ana', name: 'Ana', isOwner: true, createdAt: AT };
    expect(await accounts.signUp(entryOf('Ana', { account, ticket: 'second' }))).toMatchObject({ ok: true });
    expect(await accounts.hasOwner()).toBe(true);
    expect([await accounts.ticket('first'), await accounts.ticket('second')]).toEqual([null, null]);
    expect(await accounts.signUp(entryOf('Ben', { ticket: 'first' }))).toEqual({ ok: false, error: 'ticket-used' });
    expect(await accounts.account('ben')).toBeNull();
  });

  test('a ticket that could not be used stays', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.addTicket({ tokenHash: 't', kind: 'person', account: null, createdAt: AT, expiresAt: LATER });
    expect(await accounts.signUp({ ...entryOf('Ana'), ticket: 't' })).toEqual({ ok: false, error: 'name-taken' });
    expect(await accounts.ticket('t')).toMatchObject({ kind: 'person', expiresAt: LATER });
  });

  test('recovery sets new credentials, takes the old away and ends every other session', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.addPasskey(passkeyOf('key', 'ana'));
    await accounts.addTicket({ tokenHash: 't', kind: 'recovery', account: 'ana', createdAt: AT, expiresAt: LATER });
    const endings = await accounts.endings();
    const session = { id: 'ana 2', device: 'phone', name: 'Phone', createdAt: LATER };
    const credential = { kind: 'password', hash: 'new' } as const;
    const recovery = { account: 'ana', ticket: 't', credential, session };
    expect(await accounts.recover(recovery)).toMatchObject({ ok: true });
    expect([await accounts.password('ana'), await accounts.passkeys('ana')]).toEqual(['new', []]);
    expect(await accounts.session('ana 1')).toMatchObject({ endedAt: LATER });
    expect(await accounts.session('ana 2')).toMatchObject({ account: 'ana', endedAt: null });
    expect(await accounts.endings()).toBeGreaterThan(endings);
    expect(await accounts.recover(recovery)).toEqual({ ok: false, error: 'ticket-used' });
  });

  test('passkeys are found by their id, count their use, and go one by one', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.addPasskey(passkeyOf('a', 'ana'));
    expect(await accounts.addPasskey(passkeyOf('a', 'ana'))).toEqual({ ok: false, error: 'passkey-known' });
    await accounts.addPasskey(passkeyOf('b', 'ana'));
    await accounts.usedPasskey('a', 7, LATER);
    expect(await accounts.passkey('a')).toEqual({ ...passkeyOf('a', 'ana'), counter: 7, usedAt: LATER });
    await accounts.removePasskey('ben', 'a');
    await accounts.removePasskey('ana', 'b');
    expect((await accounts.passkeys('ana')).map(({ id }) => id)).toEqual(['a']);
  });

  test('a subject of a provider belongs to the account it was first given to', async () => {
    const subject = { issuer: 'https://id.example', subject: '1' };
    await accounts.signUp(entryOf('Ana', { credential: { kind: 'subject', ...subject } }));
    await accounts.signUp(entryOf('Ben'));
    await accounts.addSubject('ben', subject);
    expect(await accounts.accountOfSubject(subject)).toMatchObject({ id: 'ana' });
    expect(await accounts.subjects('ana')).toEqual([subject]);
    expect(await accounts.accountOfSubject({ ...subject, subject: '2' })).toBeNull();
  });

  test('a device has one session, of one account for good', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.signUp(entryOf('Ben'));
    const again = { id: 'ana 2', account: 'ana', device: 'laptop of ana', name: 'ignored', createdAt: LATER };
    await accounts.endSession('ana', 'ana 1', LATER);
    expect(await accounts.startSession(again)).toMatchObject({ ok: true });
    expect(await accounts.sessions('ana')).toMatchObject([{ id: 'ana 2', name: 'Laptop', endedAt: null }]);
    expect(await accounts.session('ana 1')).toBeNull();
    const others = { ...again, id: 'ben 2', account: 'ben' };
    expect(await accounts.startSession(others)).toEqual({ ok: false, error: 'device-taken' });
  });

  test('sessions are named, used and ended by their account only, and every ending is counted once', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.nameSession('ben', 'ana 1', 'mine');
    await accounts.endSession('ben', 'ana 1', LATER);
    expect(await accounts.session('ana 1')).toMatchObject({ name: 'Laptop', endedAt: null });
    const endings = await accounts.endings();
    await accounts.nameSession('ana', 'ana 1', 'Kitchen');
    await accounts.usedSession('ana 1', LATER);
    await accounts.endSession('ana', 'ana 1', LATER);
    await accounts.endSession('ana', 'ana 1', '2028-01-01T00:00:00.000Z');
    expect(await accounts.session('ana 1')).toMatchObject({ name: 'Kitchen', usedAt: LATER, endedAt: LATER });
    expect(await accounts.endings()).toBe(endings + 1);
  });

  test('an account is one member of a workspace, and a member one account', async () => {
    await accounts.signUp(entryOf('Ana'));
    await accounts.signUp(entryOf('Ben'));
    await accounts.attach('ana', 'w', 'm1');
    await accounts.attach('ana', 'w', 'm2');
    await accounts.attach('ben', 'w', 'm1');
    expect([await accounts.member('ana', 'w'), await accounts.member('ben', 'w')]).toEqual(['m1', null]);
    expect([await accounts.accountOfMember('w', 'm1'), await accounts.accountOfMember('w', 'm2')]).toEqual([
      'ana',
      null,
    ]);
    expect(await accounts.workspaces('ana')).toEqual([{ workspace: 'w', member: 'm1' }]);
  });

  test('an account goes with its last member; one that is used elsewhere, or owns the server, stays', async () => {
    await accounts.signUp(entryOf('Ana', { account: { id: 'ana', name: 'Ana', isOwner: true, createdAt: AT } }));
    await accounts.signUp(entryOf('Ben'));
    await accounts.attach('ana', 'w', 'm1');
    await accounts.attach('ben', 'w', 'm2');
    await accounts.attach('ben', 'v', 'm3');
    const endings = await accounts.endings();
    await accounts.forgetMember('w', 'm1');
    await accounts.forgetMember('w', 'm2');
    expect([await accounts.account('ana'), await accounts.account('ben')]).toMatchObject([
      { id: 'ana' },
      { id: 'ben' },
    ]);
    expect(await accounts.accountOfMember('w', 'm2')).toBeNull();
    expect(await accounts.endings()).toBe(endings);
    await accounts.forgetMember('v', 'm3');
    await accounts.forgetMember('v', 'nobody');
    expect([await accounts.account('ben'), await accounts.password('ben')]).toEqual([null, null]);
    expect([await accounts.sessions('ben'), await accounts.workspaces('ben')]).toEqual([[], []]);
    expect(await accounts.endings()).toBe(endings + 1);
  });
}
