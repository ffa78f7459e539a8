/** Pages that need no workspace: where one is begun, joined, restored or rescued. */
export function isOutside(path: string): boolean {
  return path === '/welcome' || path === '/join' || path === '/restore' || isSafeMode(path);
}

/** The page that opens nothing, for when opening is what fails. */
export function isSafeMode(path: string): boolean {
  return path === '/safe';
}
