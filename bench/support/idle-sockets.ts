/** Connections that do nothing: all of one device, which costs the server as much as many. */
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import type { Person } from '#tests/sync/support/person.ts';
import { RawDevice } from '#tests/sync/support/raw-device.ts';

/** How many greet at the same time. */
const AT_ONCE = 50;

export async function idleSockets(host: Person, url: string, count: number): Promise<{ readonly close: () => void }> {
  const { token } = await host.invitation();
  const device = await deviceOf(await newDeviceKeys());
  const first = await RawDevice.greeted(url, { intent: 'join', workspace: host.workspace, token }, device);
  await first.next('heads');
  const devices = [first];
  while (devices.length < count) {
    const more = Array.from({ length: Math.min(AT_ONCE, count - devices.length) }, async () => {
      const another = await RawDevice.greeted(url, { workspace: host.workspace }, device);
      await another.next('heads');
      return another;
    });
    devices.push(...(await Promise.all(more)));
  }
  return { close: () => devices.forEach((device) => device.close()) };
}
