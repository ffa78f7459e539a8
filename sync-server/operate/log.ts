/**
 * The server's log: one JSON object a line on the error stream, so that what `main.ts` says to a person stays readable
 * on the other. What was written and what it was worth never stands in it: facts are ids, counts and durations.
 */
import { pino } from 'pino';
import type { DestinationStream } from 'pino';

type LogFacts = Readonly<Record<string, string | number | boolean>>;

/** Says a sentence; with a cause it is a failure. */
export type Log = (sentence: string, cause?: unknown, facts?: LogFacts) => void;

const LEVELS = ['info', 'error', 'silent'] as const;
export type LogLevel = (typeof LEVELS)[number];

export function isLogLevel(text: string): text is LogLevel {
  return (LEVELS as readonly string[]).includes(text);
}

/** A log that writes to `stream`: what has a cause is an `error`, everything else `info`. */
export function jsonLog(stream: DestinationStream, level: LogLevel): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return (sentence, cause, facts = {}) => {
    if (cause === undefined || cause === null) logger.info(facts, sentence);
    else logger.error({ ...facts, cause: causesOf(cause) }, sentence);
  };
}

/** The standard log, on the error stream and written before the next line of code runs: a crash takes nothing along. */
export function standardLog(level: LogLevel): Log {
  return jsonLog(pino.destination({ dest: 2, sync: true }), level);
}

const DEEPEST = 4;

/** What went wrong and what caused it, with places in the code and without what people wrote. */
function causesOf(cause: unknown, depth = 0): object {
  if (!(cause instanceof Error)) return { kind: typeof cause };
  const { name, stack = '', message } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {};
  const deeper = cause.cause === undefined || cause.cause === null || depth === DEEPEST;
  return {
    kind: name,
    ...code,
    // A parser's message quotes what it could not read.
    says: cause instanceof SyntaxError ? '' : withoutSecrets(message),
    at: stack
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 6)
      .map((line) => line.trim()),
    ...(deeper ? {} : { cause: causesOf(cause.cause, depth + 1) }),
  };
}

/** Tokens, hashes and quoted values of a message made unreadable: a database's message may quote what was stored. */
export function withoutSecrets(message: string): string {
  return message
    .replace(/[\w+/-]{32,}=*/g, '[…]')
    .replace(/=\([^)]*\)/g, '=([…])')
    .replace(/\/\/[^/\s@]*@/g, '//[…]@');
}
