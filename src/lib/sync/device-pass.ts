/** What a device shows of itself over HTTP: it signs a pass with the key that the server knows it by. */
import type { Device } from './device.ts';
import { PASS_MS, passText, passToText } from './receipt-wire.ts';

export interface PassOptions {
  readonly workspace: string;
  readonly device: Device;
  /** Epoch milliseconds by the server's clock. */
  readonly serverNow: () => number;
}

export interface RequestOptions extends PassOptions {
  /** Address of the server's wire: `wss://host/sync`. */
  readonly url: string;
  readonly fetch: typeof fetch;
}

/** A server that has sent nothing for so long is not waited for any more. */
const ANSWER_WITHIN_MS = 60_000;

/** Asks the server something over HTTP, as this device. Rejects when nobody answers. */
export async function askServer(options: RequestOptions, address: string, init: RequestInit = {}): Promise<Response> {
  const headers = await passHeader(options);
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const { origin } = new URL(options.url.replace(/^ws/, 'http'));
  return options.fetch(origin + address, { ...init, headers, signal, cache: 'no-store' });
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
