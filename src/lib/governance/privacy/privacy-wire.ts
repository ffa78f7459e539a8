/**
 * How devices ask for what is kept about one person, over HTTP beside the socket, with the pass that receipts are asked
 * for with. Shared with the server.
 *
 *   GET /person/<workspace>/<member>   everything about that member: for themself, and for owners
 */
export function personAddress(workspace: string, member: string): string {
  return `/person/${workspace}/${member}`;
}
