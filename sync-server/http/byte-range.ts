/** Which bytes of something a request asks for: RFC 9110, 14.2; one range, whatever else there is. */

/** From the first byte up to, and without, the last. */
export interface ByteRange {
  readonly from: number;
  readonly end: number;
}

/** `whole` where nothing is asked for that this understands: then everything is the right answer. */
export function byteRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  // Without a first byte, the last number is how many bytes of the end are wanted.
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'whole';
  return from < end ? { from, end } : 'unsatisfiable';
}
