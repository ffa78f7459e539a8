/** The stand-alone verifier: a file is dropped on the page, and what was found stands under it. */
import { explainVerdict } from '../../src/lib/governance/audit/export/explain.ts';
import { verifyExport } from '../../src/lib/governance/audit/export/verify-export.ts';

const field = document.querySelector('label');
const input = document.querySelector('input');
const output = document.querySelector('output');

input?.addEventListener('change', () => void verify(input.files?.[0]));
field?.addEventListener('dragover', (event) => {
  event.preventDefault();
  field.classList.add('over');
});
field?.addEventListener('dragleave', () => field.classList.remove('over'));
field?.addEventListener('drop', (event) => {
  event.preventDefault();
  field.classList.remove('over');
  void verify(event.dataTransfer?.files[0]);
});

async function verify(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  show('reading', `Reading ${file.name}`);
  try {
    const verdict = await verifyExport(new Uint8Array(await file.arrayBuffer()));
    show(verdict.ok ? 'verified' : 'refused', explainVerdict(verdict));
  } catch (cause) {
    console.error(cause);
    show('refused', 'This browser cannot check the file. Copy it to this device, and use a browser of 2025 or later.');
  }
}

function show(verdict: 'reading' | 'verified' | 'refused', text: string): void {
  if (output === null) return;
  output.dataset['verdict'] = verdict;
  output.textContent = text;
}
