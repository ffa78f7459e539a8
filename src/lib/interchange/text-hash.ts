/** A short name for a text: equal texts have equal names, different ones differ with near certainty. No protection against forgery. */

/** 96 bits in 21 letters and digits: among a million texts two collide once in 10^17. */
export function hashText(text: string): string {
  let a = 0x3c6ef372;
  let b = 0xbb67ae85;
  let c = 0xa54ff53a;
  let d = 0x510e527f;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = b ^ Math.imul(a ^ code, 0x239b961b);
    b = c ^ Math.imul(b ^ code, 0xab0e9789);
    c = d ^ Math.imul(c ^ code, 0x38b34ae5);
    d = a ^ Math.imul(d ^ code, 0xa1e38b93);
  }
  a = Math.imul(c ^ (a >>> 18), 0x239b961b);
  b = Math.imul(d ^ (b >>> 22), 0xab0e9789);
  c = Math.imul(a ^ (c >>> 17), 0x38b34ae5);
  d = Math.imul(b ^ (d >>> 19), 0xa1e38b93);
  const mixed = a ^ b ^ c ^ d;
  return word(mixed) + word(b ^ mixed) + word(c ^ mixed);
}

function word(bits: number): string {
  return (bits >>> 0).toString(36).padStart(7, '0');
}
