import { explainVerdict } from '#lib/governance/audit/export/explain.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';

export interface FileVerdict {
  readonly verified: boolean;
  /** What was found, in a sentence. */
  readonly text: string;
}

/** Checks an audit export on this device. No server is asked. */
export async function verifyAuditFile(file: Blob): Promise<FileVerdict> {
  const verdict = await verifyExport(new Uint8Array(await file.arrayBuffer()));
  return { verified: verdict.ok, text: explainVerdict(verdict) };
}
