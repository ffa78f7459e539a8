/** What a device shows of itself over HTTP: it signs a pass with the key that the server knows it by. */
import type { Device } from './device.ts';
import { PASS_MS, passText, passToText } from './receipt-wire.ts';

export interface PassOptions {
  readonly workspace: string;
  readonly device: Device;
  /** Epoch milliseconds by the server's clock. */
  readonly serverNow: () => number;
}

/** The header that every request carries. */
export async function passHeader({ workspace, device, serverNow }: PassOptions): Promise<{ authorization: string }> {
  const stated = { workspace, device: await deviceId(device), until: Math.round(serverNow() + PASS_MS / 2) };
  const pass = passToText({ ...stated, signature: await device.sign(passText(stated)) });
  return { authorization: `Bearer ${pass}` };
}

/** The server knows a device by what follows from its key. */
async function deviceId({ publicKey }: Device): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
  const base64 = btoa(String.fromCharCode(...digest));
  return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}
