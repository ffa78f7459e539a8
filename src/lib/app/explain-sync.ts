import type { SyncRefusal } from '#lib/sync/status.ts';

/** Why the server does not take what this device brings, as a sentence. */
export function explainSync(why: SyncRefusal): string {
  switch (why) {
    case 'link-invalid':
      return 'This link does not let anybody in: it was used or taken back, or it has expired. Ask for a new one.';
    case 'no-role':
      return 'You have no role in this workspace any more, so its plans and expenses have left this device. What you had not sent is kept under To review; ask an owner to let you in again.';
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
    case 'damaged':
      return 'The server cannot read a document of this workspace. What is here is safe; ask whoever runs the server to restore a backup.';
    case 'behind':
      return 'The server has less of this workspace than this device: it may have been restored from an older backup. Nothing here was changed; export everything before you go on.';
    case 'not-allowed':
      return 'The server does not take a document that this app wrote. Your changes are kept here; export them and ask for help.';
    case 'storage-failed':
      return 'The server cannot write at the moment. Your changes are kept here and sent when it can.';
  }
}
