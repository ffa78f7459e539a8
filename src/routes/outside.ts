/** Pages that need no workspace: where one is begun, joined, restored or rescued, or a file of any is verified. */
export function isOutside(path: string): boolean {
  return OUTSIDE.has(path) || isSafeMode(path);
}

const OUTSIDE: ReadonlySet<string> = new Set([
  '/welcome',
  '/join',
  '/restore',
  '/audit/verify',
  '/setup',
  '/recover',
  '/sign-in',
  '/sign-in/return',
]);

/** The page that opens nothing, for when opening is what fails. */
export function isSafeMode(path: string): boolean {
  return path === '/safe';
}
