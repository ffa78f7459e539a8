/** What was sealed, as people download it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { hashOfDocuments } from '#lib/governance/approval/content.ts';

export interface Saved {
  readonly name: string;
  readonly text: string;
}

/** What the button saves. */
export async function saved(page: Page, button: Locator): Promise<Saved> {
  const downloading = page.waitForEvent('download');
  await button.click();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** Every line is a document as it was sealed, and together they are what the file's name says. (A12) */
export function expectSealed({ name, text }: Saved, kind: 'plan' | 'ledger'): void {
  const documents = text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const { document } = JSON.parse(line) as { document: string };
    expect(document.split('/')[0]).toBe(kind);
    return [{ document, hash: createHash('sha256').update(line).digest('hex') }];
  });
  expect(name).toContain(hashOfDocuments(documents).slice(0, 16));
}
