import { expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { DocumentPresence } from '#lib/app/document-presence.ts';
import { presenceOf } from '#lib/sync/presence.ts';

/** A connection, and somebody at its other end. */
function connection() {
  const here = new Awareness(new Y.Doc());
  const there = new Awareness(new Y.Doc());
  return {
    presence: presenceOf(here),
    told: () => {
      applyAwarenessUpdate(there, encodeAwarenessUpdate(here, [here.clientID]), 'the line');
      return there.getStates().get(here.clientID);
    },
    says: (state: Record<string, unknown>) => {
      there.setLocalState(state);
      applyAwarenessUpdate(here, encodeAwarenessUpdate(there, [there.clientID]), 'the line');
    },
    end: () => [here, there].forEach((each) => each.destroy()),
  };
}

test('what was shown before there was a connection, or over another one, is shown over the next', () => {
  const presence = new DocumentPresence();
  presence.show({ at: 'B2' });
  const [first, second] = [connection(), connection()];
  presence.connect(first.presence);
  expect(first.told()).toEqual({ at: 'B2' });
  presence.show({ at: 'B3' });
  presence.connect(second.presence);
  expect(second.told()).toEqual({ at: 'B3' });
  first.end();
  second.end();
});

test('whoever listens hears of others over every connection, and of their going with it', () => {
  const presence = new DocumentPresence();
  let heard = 0;
  const stop = presence.onchange(() => (heard += 1));
  const line = connection();
  presence.connect(line.presence);
  line.says({ at: 'C1' });
  expect(presence.others().map(({ state }) => state)).toContainEqual({ at: 'C1' });
  const before = heard;
  presence.connect(null);
  expect(presence.others()).toEqual([]);
  expect(heard).toBeGreaterThan(before);

  stop();
  const after = heard;
  presence.connect(line.presence);
  expect(heard).toBe(after);
  line.end();
});
