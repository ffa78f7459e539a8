/** What the browser is told about trust: the app loads from its own origin, talks to it only, and is framed by nobody. */
import { createHash } from 'node:crypto';

/** Headers for every answer. `html` is the page whose inline scripts are allowed, by their hashes. */
export function securityHeaders(html: string): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'self'",
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...inlineScriptHashes(html)].join(' '),
    // Components set custom properties and positions in style attributes.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  };
}

function inlineScriptHashes(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}
