/** `/receipts/<workspace>/<hash>`: receipts up in parts and down whole. `src/lib/sync/receipt-wire.ts` says how. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PART_BYTES, RECEIPT_REFUSALS } from '#lib/sync/receipt-wire.ts';
import type { ReceiptAnswer, ReceiptRefusal } from '#lib/sync/receipt-wire.ts';
import type { Authorise, Authorised } from '../files/authorise.ts';
import type { ReceiptDesk } from '../files/receipt-desk.ts';
import type { Upload } from '../files/file-storage.ts';
import { byteRange } from './byte-range.ts';
import type { Route } from './door.ts';

export function receiptRoute(authorise: Authorise, desk: ReceiptDesk): Route {
  return async ({ request, response, address }) => {
    const [, door, workspace = '', hash = '', ...rest] = address.pathname.split('/');
    if (door !== 'receipts') return false;
    const asked = { workspace, hash, document: address.searchParams.get('for') ?? '' };
    const by = await authorise(request);
    if (by === null) refuse(request, response, 'pass-invalid');
    else if (rest.length > 0) refuse(request, response, 'malformed');
    else if (request.method === 'PUT') await take(desk, by, asked, request, response, address.searchParams);
    else if (request.method === 'GET') await give(desk, by, asked, request, response);
    else refuse(request, response, 'malformed');
    return true;
  };
}

async function take(
  desk: ReceiptDesk,
  by: Authorised,
  asked: Omit<Upload, 'size'>,
  request: IncomingMessage,
  response: ServerResponse,
  stated: URLSearchParams,
): Promise<void> {
  const [size, from] = [numberIn(stated.get('size')), numberIn(stated.get('from'))];
  if (size === null || from === null) {
    refuse(request, response, 'malformed');
    return;
  }
  const bytes = await bodyOf(request);
  if (bytes === null) {
    refuse(request, response, 'too-large');
    return;
  }
  const taken = await desk.take(by, { ...asked, size }, from, bytes);
  if (taken.ok) answer(response, 200, taken.value);
  else refuse(request, response, taken.error);
}

async function give(
  desk: ReceiptDesk,
  by: Authorised,
  asked: Omit<Upload, 'size'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = await desk.give(by, asked);
  if (!given.ok) {
    refuse(request, response, given.error);
    return;
  }
  const { type, size, pages } = given.value;
  const etag = `"${asked.hash}"`;
  // A range of something that was another file by then would be no part of this one; but a hash names one file.
  const isSame = [undefined, etag].includes(request.headers['if-range'] as string | undefined);
  const wanted = isSame ? byteRange(request.headers.range, size) : 'whole';
  if (wanted === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Cache-Control': 'no-store' }).end();
    return;
  }
  const range = wanted === 'whole' ? { from: 0, end: size } : wanted;
  response.writeHead(wanted === 'whole' ? 200 : 206, {
    'Content-Type': type ?? 'application/octet-stream',
    'Content-Length': range.end - range.from,
    'Accept-Ranges': 'bytes',
    ETag: etag,
    ...(wanted === 'whole' ? {} : { 'Content-Range': `bytes ${range.from}-${range.end - 1}/${size}` }),
    // Whatever somebody photographed: it is a picture to this app and nothing that may run.
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': 'private, no-store',
  });
  // Whoever leaves early gets no more; the next attempt asks for what is missing, or for all of it.
  await pipeline(Readable.from(pages(range), { objectMode: false }), response).catch(() => response.destroy());
}

/** The body; null when it is larger than a part may be. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > PART_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function refuse(request: IncomingMessage, response: ServerResponse, reason: ReceiptRefusal): void {
  // What was not read of the request would otherwise be taken for the next one.
  if (!request.complete) response.setHeader('Connection', 'close');
  answer(response, RECEIPT_REFUSALS[reason], { kind: 'refused', reason, sentence: SENTENCES[reason] });
}

function answer(response: ServerResponse, status: number, value: ReceiptAnswer): void {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(value));
}

const SENTENCES: Readonly<Record<ReceiptRefusal, string>> = {
  'pass-invalid': 'This device has not shown that it belongs to the workspace.',
  'not-allowed': 'Whoever may not read or write the expense gets no receipt of it, and adds none.',
  unknown: 'There is no such receipt here yet.',
  'too-large': 'A receipt has at most 20 MB.',
  'not-a-receipt': 'Receipts are JPEG, PNG, WebP or HEIC pictures, or PDF files. This is none, whatever its name says.',
  'wrong-hash': 'What arrived is not what was announced. It has to be sent again.',
  'quota-full':
    'This workspace has no room left for receipts. This one is kept on the device; whoever runs the server can make more room.',
  malformed: 'That is not how receipts are asked for.',
};
