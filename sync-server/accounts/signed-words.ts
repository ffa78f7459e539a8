/**
 * Short texts that the server gives out and knows again without keeping them: `words.expiry.random.signature`. The
 * purpose is part of what is signed, so that one kind never passes for another.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

type Purpose = 'access' | 'challenge' | 'oidc';

export interface SignedWords {
  /** `words` are ids: without a dot. `now` and `lastsMs` in milliseconds. */
  sign(purpose: Purpose, words: readonly string[], now: number, lastsMs: number): string;
  /** The words, when the text is genuine and its time not over. */
  read(purpose: Purpose, text: string, now: number): readonly string[] | null;
  /** A secret that belongs to a text: the same each time, and not to be told from it. */
  derive(purpose: string, text: string): string;
}

export function signedWords(secret: Uint8Array): SignedWords {
  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();

  return {
    sign: (purpose, words, now, lastsMs) => {
      const body = [...words, String(now + lastsMs), randomBytes(16).toString('base64url')].join('.');
      return `${body}.${mac(purpose, body).toString('base64url')}`;
    },
    read: (purpose, text, now) => {
      const end = text.lastIndexOf('.');
      const body = text.slice(0, Math.max(end, 0));
      const claimed = Buffer.from(text.slice(end + 1), 'base64url');
      const genuine = mac(purpose, body);
      if (claimed.length !== genuine.length || !timingSafeEqual(claimed, genuine)) return null;
      const parts = body.split('.');
      return now < Number(parts.at(-2)) ? parts.slice(0, -2) : null;
    },
    derive: (purpose, text) => mac(`derive ${purpose}`, text).toString('base64url'),
  };
}
