/** JavaScript heap of a page and of its workers, after a collection. */
import type { CDPSession, Page } from '@playwright/test';

export async function heapMB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const workers: string[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  let used = usedSize;
  for (const worker of workers) used += await workerHeap(session, worker);
  await session.detach();
  return used / 1e6;
}

/** Typed arrays live outside the heap that V8 counts, so a worker's backing stores are added. */
async function workerHeap(session: CDPSession, sessionId: string): Promise<number> {
  await ask(session, sessionId, 'HeapProfiler.collectGarbage');
  const usage = await ask(session, sessionId, 'Runtime.getHeapUsage');
  return (usage['usedSize'] ?? 0) + (usage['backingStorageSize'] ?? 0);
}

let asked = 0;

function ask(session: CDPSession, sessionId: string, method: string): Promise<Readonly<Record<string, number>>> {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const hear = (event: { readonly sessionId: string; readonly message: string }): void => {
      const answer = JSON.parse(event.message) as { id?: number; result?: Record<string, number>; error?: object };
      if (event.sessionId !== sessionId || answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', hear);
      if (answer.error === undefined) resolve(answer.result ?? {});
      else reject(new Error(JSON.stringify(answer.error)));
    };
    session.on('Target.receivedMessageFromTarget', hear);
    void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
  });
}
