/** Passwords: scrypt, its parameters standing beside each hash so that they can grow, compared in constant time. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MB and about 100 ms for a guess; three times over, as OWASP's table of equal strength asks for this much memory. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
/** Hashes worked out at the same time, and asked for besides: more would take the server's memory from everybody. */
const AT_ONCE = 2;
const MOST_WAITING = 24;

export const PASSWORD = { shortest: 10, longest: 200 } as const;

/** `scrypt$N$r$p$salt$hash`, the last two base64url. Null when too many are being worked out. */
export async function hashPassword(password: string): Promise<string | null> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  if (key === null) return null;
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes as long for an account without a password, or one that is not there. Null when too many are being worked out. */
export async function isPassword(password: string, encoded: string | null): Promise<boolean | null> {
  const [, N, r, p, salt = '', hash = ''] = (encoded ?? NOBODYS).split('$');
  const key = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return key === null ? null : timingSafeEqual(key, Buffer.from(hash, 'base64url')) && encoded !== null;
}

const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');

let working = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  salt: Buffer,
  cost: { N: number; r: number; p: number },
): Promise<Buffer | null> {
  if (waiting.length >= MOST_WAITING) return null;
  if (working >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else working += 1;
  try {
    return await new Promise((resolve, reject) => {
      const maxmem = 256 * cost.N * cost.r;
      scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem }, (cause, key) =>
        cause === null ? resolve(key) : reject(cause),
      );
    });
  } finally {
    // The turn passes on, or is given back.
    const next = waiting.shift();
    if (next === undefined) working -= 1;
    else next();
  }
}
