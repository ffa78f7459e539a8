/** A provider of identities as a process: `node tests/support/oidc-server.ts <port> <redirect address>`. */
import Provider from 'oidc-provider';

const [port = '', redirect = ''] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'outlay', client_secret: 'not a secret', redirect_uris: redirect.split(',') }],
  // Whoever types a name is that person: the package's own pages for trying it out ask for it.
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
  claims: { openid: ['sub'], profile: ['name'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['cookies of a provider in a test'] },
});
provider.listen(Number(port), 'localhost', () => process.stdout.write('listening\n'));
