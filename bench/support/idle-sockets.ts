/** Devices that are connected and do nothing. */
import type { Person } from '#tests/sync/support/person.ts';
import { RawDevice } from '#tests/sync/support/raw-device.ts';

/** How many greet at the same time. */
const AT_ONCE = 50;

export async function idleSockets(host: Person, url: string, count: number): Promise<{ readonly close: () => void }> {
  const link = await host.connection.links.create();
  if (!link.ok) throw new Error(link.error);
  const { token } = link.value;
  const devices: RawDevice[] = [];
  while (devices.length < count) {
    const more = Array.from({ length: Math.min(AT_ONCE, count - devices.length) }, async () => {
      const device = await RawDevice.greeted(url, { intent: 'join', workspace: host.workspace, token });
      await device.next('heads');
      return device;
    });
    devices.push(...(await Promise.all(more)));
  }
  return { close: () => devices.forEach((device) => device.close()) };
}
