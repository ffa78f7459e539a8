import { expect, test } from 'vitest';
import { jsonLog, withoutSecrets } from '#server/operate/log.ts';

function lines(): { readonly written: Record<string, unknown>[]; readonly stream: { write(line: string): void } } {
  const written: Record<string, unknown>[] = [];
  return { written, stream: { write: (line) => written.push(JSON.parse(line) as Record<string, unknown>) } };
}

test('a sentence is one line with its time and its facts', () => {
  const { written, stream } = lines();
  jsonLog(stream, 'info')('Writing works again.', null, { request: 'r1', ms: 3 });
  expect(written).toEqual([
    {
      level: 30,
      time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      request: 'r1',
      ms: 3,
      msg: 'Writing works again.',
    },
  ]);
});

test('a failure says its kind, code, place and causes', () => {
  const { written, stream } = lines();
  const cause = new Error('storage: disk-full', { cause: Object.assign(new Error('full'), { code: 'SQLITE_FULL' }) });
  jsonLog(stream, 'error')('A commit failed.', cause);
  expect(written[0]).toMatchObject({
    level: 50,
    msg: 'A commit failed.',
    cause: { kind: 'Error', says: 'storage: disk-full', cause: { code: 'SQLITE_FULL' } },
  });
  expect(JSON.stringify(written)).toContain('log.test.ts');
});

test('nothing that was written, and no key to anything, comes into the log with a failure', () => {
  const token = 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWo';
  const { written, stream } = lines();
  const log = jsonLog(stream, 'info');
  let parsing: unknown;
  try {
    JSON.parse('{"amount": 9900, "vendor": Hetzner}');
  } catch (cause) {
    parsing = cause;
  }
  log('Not read.', parsing);
  log('Refused.', new Error(`token ${token} at postgres://outlay:secret@db/outlay`));
  log('Refused.', new Error('Key (workspace, command)=(w1, Hetzner 9900) already exists.'));
  log('Thrown.', { amount: 9900 });
  const text = JSON.stringify(written);
  for (const secret of ['9900', 'Hetzner', token, 'secret']) expect(text).not.toContain(secret);
});

test('sentences without secrets stay as they are', () => {
  expect(withoutSecrets('the decision log does not hold at 5: hash')).toBe('the decision log does not hold at 5: hash');
});

test('below its level nothing is written', () => {
  const { written, stream } = lines();
  jsonLog(stream, 'silent')('Anything.', new Error('at all'));
  expect(written).toEqual([]);
});
