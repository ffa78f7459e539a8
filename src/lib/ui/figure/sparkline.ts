/** The path of a sparkline: one value a step, null where there is none yet. */
export interface SparkSize {
  readonly width: number;
  readonly height: number;
}

/** SVG path data; a run of values is one line, a single value a dot. Flat series stand in the middle. */
export function sparkPath(values: readonly (number | null)[], size: SparkSize, extent = extentOf(values)): string {
  if (extent === undefined || values.length === 0) return '';
  const { low, high } = extent;
  const step = values.length > 1 ? size.width / (values.length - 1) : 0;
  const y = (value: number): number =>
    high === low ? size.height / 2 : size.height - ((value - low) / (high - low)) * size.height;
  let path = '';
  let drawing = false;
  values.forEach((value, at) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const point = `${round(at * step)} ${round(y(value))}`;
    path += drawing ? `L${point}` : `M${point}${values[at + 1] == null ? 'h.01' : ''}`;
    drawing = true;
  });
  return path;
}

/** Smallest and largest value of one or more series that share an axis. */
export function extentOf(
  ...series: readonly (readonly (number | null)[])[]
): { readonly low: number; readonly high: number } | undefined {
  const present = series.flat().filter((value) => value !== null);
  return present.length === 0 ? undefined : { low: Math.min(...present), high: Math.max(...present) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
