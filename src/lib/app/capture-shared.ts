/** A photo or PDF that was shared to the app becomes a draft like one that was taken in it. */
import { captureReceipt } from './capture.ts';
import { explainKeeping } from './receipts.ts';
import type { Workspace } from './workspace.svelte.ts';

export function isReceipt({ type }: Pick<File, 'type'>): boolean {
  return type.startsWith('image/') || type === 'application/pdf';
}

/** Null when it is on this device's disk; else why not. */
export async function captureShared(workspace: Workspace, file: File): Promise<string | null> {
  const today = new Date().toLocaleDateString('sv');
  const currency = workspace.reference?.baseCurrency ?? 'EUR';
  const captured = await captureReceipt(workspace, file, { today, currency });
  return captured.ok ? null : explainKeeping(captured.error);
}
