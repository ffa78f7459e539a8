/** Sentences for what the device, the decider or the server would not do: what is safe, and what to do next. */
import { explainRefusal } from '#lib/governance/explain.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { SyncRefusal } from '#lib/sync/status.ts';
import type { Outcome } from './decider.ts';
import type { FoundingFailure } from './found-workspace.ts';
import type { JoinFailure } from './sharing.ts';

export function explainStore(failure: StoreFailure): string {
  switch (failure.kind) {
    case 'no-room':
      return 'This device has no room left, so the last change is kept in memory only. Free some space; writing is tried again. You can export everything now.';
    case 'cannot-open':
      return 'The browser does not let Outlay keep data on this device. Leave private browsing or allow site data, then reload. Nothing was deleted.';
    case 'reload-needed':
      return 'Another tab runs a newer Outlay. Reload this tab to go on; nothing was lost.';
    case 'head-moved':
      return 'Another tab decided something at the same moment. Nothing was lost; try again.';
    case 'cannot-write':
      return `The last change could not be saved on this device (${failure.cause}). It is kept in memory and tried again. You can export everything now.`;
  }
}

/** Null when the command was done or waits: then there is nothing to explain. */
export function explainOutcome(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'done':
    case 'waiting':
      return null;
    case 'refused':
      return explainRefusal(outcome.refusal);
    case 'not-kept':
      return explainStore(outcome.why);
  }
}

export function explainFounding(failure: FoundingFailure): string {
  return failure.kind === 'refused' ? explainRefusal(failure.refusal) : explainStore(failure);
}

export function explainJoin(failure: JoinFailure): string {
  if (failure.kind === 'no-answer')
    return 'The server does not answer. Check the network and try again; nothing was changed.';
  return failure.kind === 'refused' ? explainSync(failure.why) : explainStore(failure);
}

export function explainSync(why: SyncRefusal): string {
  switch (why) {
    case 'link-invalid':
      return 'This link is not valid, or it was revoked. Ask for a new one.';
    case 'device-unknown':
      return 'The server does not know this device. Ask for a link to join again; what is here stays here.';
    case 'workspace-unknown':
      return 'The server has no such workspace. Check the link, or ask whoever sent it.';
    case 'workspace-taken':
      return 'Another workspace on the server has this id already. Export this one and restore it as new, then share that.';
    case 'log-invalid':
      return 'The decision log of this workspace does not verify, so the server will not take it. Export everything and ask for help.';
    case 'app-too-new':
      return 'The server runs an older version than this app. You can go on working here; ask for the server to be updated.';
    case 'disk-full':
      return 'The server has no room left. Your changes are kept here and sent when it has.';
    case 'storage-failed':
      return 'The server cannot write at the moment. Your changes are kept here and sent when it can.';
  }
}
