/** Whoever takes this lock first keeps a halting migration where it is. */
export const HALT = 4711;

/** How many statements there are. */
export function statementsIn(migrations: readonly string[]): number {
  return migrations.join('').split(';').length - 1;
}

/** The same migrations, waiting for the lock after the n-th statement of all. */
export function haltingAfter(migrations: readonly string[], n: number): readonly string[] {
  let left = n;
  return migrations.map((migration) =>
    migration.replaceAll(';', () => {
      left -= 1;
      return left === 0 ? `; SELECT pg_advisory_xact_lock(${HALT});` : ';';
    }),
  );
}
