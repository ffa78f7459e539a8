/** The small readers that commands and log entries are read with. Limits keep any one record far below a command's. */
import * as v from 'valibot';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { isId } from '#lib/domain/id.ts';

export const id = v.custom<string>(isId, 'an id');

export const optionalId = v.nullable(id);

export const isoDate = v.custom<string>(isIsoDate, 'a date');

export const shortText = v.pipe(v.string(), v.maxLength(400));

export const longText = v.pipe(v.string(), v.maxLength(8000));

/** A name or reason that somebody has to read. */
export const tellingText = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.check((text) => text.trim() !== '', 'text that is not blank'),
);

export const instant = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'an instant'),
);

export const integer = v.pipe(v.number(), v.safeInteger());

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const generation = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000));

export const periodKey = v.pipe(v.string(), v.regex(/^\d{4}(-\d\d|P\d\d)$/, 'a period'));

/** Hex digits of a SHA-256, whole or its first half. */
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256'));
export const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'a digest'));
