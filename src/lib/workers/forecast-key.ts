/** A short name for a question: equal questions to the same engine have equal names. */
import { ENGINE } from '#lib/analysis/forecast/engine.ts';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import { hashText } from '#lib/interchange/text-hash.ts';
import type { ForecastQuestion } from './forecast-messages.ts';

export function forecastKey({ series, options }: ForecastQuestion): string {
  const { currency, season, periods, values, gaps, begunAfterGap } = series;
  const asked: JsonValue = {
    series: {
      currency,
      season,
      from: periods[0]?.key ?? null,
      to: periods.at(-1)?.key ?? null,
      values: values.join(),
      gaps,
      begunAfterGap,
    },
    // Options are plain data: they reach the workers as messages.
    options: options as unknown as JsonValue,
  };
  return hashText(`${ENGINE} ${canonicalJson(asked)}`);
}
