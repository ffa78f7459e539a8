/** What a figure counts: EUR, head, EUR/head, or nothing at all (a plain number or a rate). (E10) */
/** The powers of what is counted: { EUR: 1, head: -1 } is euros for each head. Empty is a plain number. */
export type Unit = ReadonlyMap<string, number>;

export const plainNumber: Unit = new Map();

const BASE = /^[\p{L}_][\p{L}\p{N}_]{0,31}$/u;

/** The unit of a text: '', '%', 'EUR', 'EUR/head', 'GB*month'; undefined for anything else. */
export function unitOf(text: string): Unit | undefined {
  if (text === '' || text === '%') return plainNumber;
  const powers = new Map<string, number>();
  let sign = 1;
  for (const part of text.split(/([*/])/)) {
    if (part === '*' || part === '/') sign = part === '/' ? -1 : 1;
    else if (BASE.test(part.trim())) add(powers, part.trim(), sign);
    else if (part.trim() !== '1') return undefined;
  }
  return powers;
}

/** 'EUR/head'; a plain number is ''. */
export function unitText(unit: Unit): string {
  const above = partsOf(unit, 1);
  const below = partsOf(unit, -1);
  if (below.length === 0) return above.join('*');
  return [above.join('*') || '1', ...below].join('/');
}

export function unitTimes(a: Unit, b: Unit, sign: 1 | -1 = 1): Unit {
  if (b.size === 0) return a;
  const powers = new Map(a);
  for (const [base, power] of b) add(powers, base, sign * power);
  return powers;
}

export function isSameUnit(a: Unit, b: Unit): boolean {
  return a.size === b.size && [...a].every(([base, power]) => b.get(base) === power);
}

function add(powers: Map<string, number>, base: string, power: number): void {
  const sum = (powers.get(base) ?? 0) + power;
  if (sum === 0) powers.delete(base);
  else powers.set(base, sum);
}

function partsOf(unit: Unit, sign: 1 | -1): string[] {
  return [...unit].flatMap(([base, power]) => Array.from({ length: Math.max(0, sign * power) }, () => base)).sort();
}
