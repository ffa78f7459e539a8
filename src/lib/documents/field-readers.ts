/** The small readers that record schemas are put together from. */
import * as v from 'valibot';

export const text = v.string();

/** Text or nothing; a field that an older app did not write reads as null. */
export const optionalText = v.nullish(v.string(), null);

/** A reference to another record or a member, or null where nobody said. */
export const reference = v.nullish(v.string(), null);

/** An amount in minor units of the currency beside it. */
export const minorUnits = v.pipe(v.number(), v.safeInteger());

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Hundredths of a percent, from none to the whole. */
export const hundredths = v.pipe(count, v.maxValue(10_000));

export const currencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'a currency code of three capital letters'));

export const isoDate = v.pipe(v.string(), v.isoDate());

export const optionalDate = v.nullish(isoDate, null);

export const periodKey = v.pipe(v.string(), v.regex(/^[12]\d{3}(-(0[1-9]|1[0-2])|P(0[1-9]|1[0-3]))$/, 'a period'));

export const nature = v.picklist(['cost', 'revenue']);

/** What money is booked to. */
export const coding = {
  vendorId: reference,
  categoryId: reference,
  departmentId: reference,
  projectId: reference,
  lineId: reference,
};
