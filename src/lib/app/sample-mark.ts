/** Which workspaces on this device are samples: nobody's own data, so nothing is asked or urged for their sake. */
const KEY = 'outlay:samples';

export function markSample(memory: Pick<Storage, 'getItem' | 'setItem'>, workspace: string): void {
  memory.setItem(KEY, [...samplesIn(memory), workspace].join(' '));
}

export function isSample(memory: Pick<Storage, 'getItem'>, workspace: string): boolean {
  return samplesIn(memory).includes(workspace);
}

function samplesIn(memory: Pick<Storage, 'getItem'>): readonly string[] {
  return memory.getItem(KEY)?.split(' ') ?? [];
}
