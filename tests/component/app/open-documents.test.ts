import { expect, onTestFinished, test } from 'vitest';
import { OpenDocuments, type OpenDocument } from '#lib/app/open-documents.ts';
import { logForTest, updateSetting } from '../store/log-for-test.ts';

const NAME = 'plan/v1/root';

async function openDocuments(): Promise<{
  open: () => Promise<OpenDocument>;
  documents: OpenDocuments;
  stored: (key: string) => Promise<void>;
}> {
  const { log } = await logForTest();
  const documents = new OpenDocuments({ log, onrow: () => undefined, attach: () => null });
  onTestFinished(() => documents.close());
  return {
    documents,
    open: async () => {
      const opened = await documents.open(NAME);
      if (!opened.ok) throw new Error(opened.error.kind);
      return opened.value;
    },
    // As another tab does: on disk, and told of.
    stored: async (key) => {
      log.append(NAME, updateSetting(key, 'here'));
      await log.flush();
      await documents.catchUp([NAME]);
    },
  };
}

function keysOf({ doc }: OpenDocument): string[] {
  return [...doc.share.keys()].flatMap((name) => [...doc.getMap(name).keys()]);
}

test('whoever lets go of a document that was dropped leaves the one opened in its place alone', async () => {
  const { documents, open, stored } = await openDocuments();
  const before = await open();
  await documents.drop(NAME);
  const after = await open();
  before.release();
  await Promise.resolve();
  await stored('a');
  expect(keysOf(after)).toEqual(['a']);
  after.release();
  expect(documents.isOpen(NAME)).toBe(false);
});

test('a document asked for while its last holder lets go is open', async () => {
  const { open, stored } = await openDocuments();
  const first = await open();
  const asked = open();
  first.release();
  const second = await asked;
  await stored('a');
  expect(keysOf(second)).toEqual(['a']);
});
