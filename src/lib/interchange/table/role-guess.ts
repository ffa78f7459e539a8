/** Which column means what: guessed from the words of its header and checked against what stands in it. (X6) */
import { contentOf, type Content } from './content.ts';
import { headerScore } from './header-score.ts';
import { headerWords, roleWords, strangeWords, type Role } from './role.ts';

/** A role for each column or null, each role at most once. `cells[c]` is a sample of column c. */
export function guessRoles(names: readonly string[], cells: readonly (readonly string[])[]): (Role | null)[] {
  const contents = names.map((_, column) => contentOf(cells[column] ?? []));
  const rows = Math.max(0, ...contents.map((content) => content.filled));
  const guesses = names.flatMap((name, column) =>
    roles.map((role) => ({ column, role, score: scoreOf(role, name, contents[column] ?? contentOf([]), rows) })),
  );
  guesses.sort((a, b) => b.score - a.score || a.column - b.column);

  const result: (Role | null)[] = names.map(() => null);
  for (const { column, role, score } of guesses) {
    if (score > 0 && result[column] === null && !result.includes(role)) result[column] = role;
  }
  return oneWayToSayAmounts(result, contents, rows);
}

const roles = Object.keys(roleWords) as Exclude<Role, 'kind'>[];

/** Below this a guess from content alone never outdoes a header's word. */
const BY_CONTENT = 40;

function scoreOf(role: Exclude<Role, 'kind'>, name: string, content: Content, rows: number): number {
  if (!fits(role, content)) return 0;
  const said = headerScore(headerWords(name), roleWords[role], strangeWords[role]);
  // A column that says the same in every row names the sender of the file, not what tells its rows apart.
  const constant = content.filled >= 3 && content.distinct === 1 ? 30 : 0;
  const sparse = content.filled < rows / 2 ? 10 : 0;
  // A due date is no document date; but better than none.
  if (said < 0) return role === 'date' && shownBy(role, content) > 0 ? 1 : 0;
  if (said > 0) return Math.max(1, said - (role === 'currency' ? 0 : constant + sparse));
  return Math.max(0, shownBy(role, content) - constant - sparse);
}

/** What the cells say where the header says nothing. */
function shownBy(role: Role, content: Content): number {
  if (content.filled === 0) return 0;
  if (role === 'date') return content.dates > 0.9 && content.numbers < 0.5 ? BY_CONTENT : 0;
  if (role === 'amount') return content.numbers > 0.9 && content.priced > 0.2 ? BY_CONTENT : 0;
  if (role === 'currency') return content.currencies === 1 && content.filled > 2 ? BY_CONTENT : 0;
  if (role === 'direction') return content.directions === 1 && content.filled > 2 ? BY_CONTENT : 0;
  return 0;
}

/** Whether the cells could have this role at all. */
function fits(role: Role, content: Content): boolean {
  if (content.filled === 0) return true;
  switch (role) {
    case 'date':
      return content.dates + content.missingDates > 0.6;
    case 'amount':
    case 'debit':
    case 'credit':
      return content.numbers + content.missingDates > 0.4;
    case 'currency':
      return content.currencies > 0.5;
    case 'direction':
      return content.directions > 0.9;
    case 'vendor':
    case 'description':
      return content.numbers < 0.5 && content.dates < 0.5;
    case 'category':
    case 'department':
      return !content.capitalOrRevenue && content.priced < 0.5 && content.dates < 0.5;
    case 'reference':
    case 'project':
    case 'kind':
      return content.dates < 0.9;
  }
}

/** Either one column of amounts or a pair of money out and money in; a signed column that is always filled wins. */
function oneWayToSayAmounts(
  result: readonly (Role | null)[],
  contents: readonly Content[],
  rows: number,
): (Role | null)[] {
  const filledOf = (role: Role): number => contents[result.indexOf(role)]?.filled ?? 0;
  const pair = result.includes('debit') && result.includes('credit');
  const amountWins = result.includes('amount') && (!pair || filledOf('amount') >= rows * 0.95);
  return result.map((role) => {
    if (role === 'amount') return amountWins || !pair ? role : null;
    if (role === 'debit' && !pair) return result.includes('amount') ? null : 'amount';
    if (role === 'debit' || role === 'credit') return amountWins || !pair ? null : role;
    return role;
  });
}
