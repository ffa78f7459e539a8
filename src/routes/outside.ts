/** Pages that need no workspace: where one is begun or joined. */
export function isOutside(path: string): boolean {
  return path === '/welcome' || path === '/join' || path === '/restore';
}
