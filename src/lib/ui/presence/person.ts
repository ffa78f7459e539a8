/** A person as the screen shows them: a name, and one of the six series colours that is theirs everywhere. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly colour: 1 | 2 | 3 | 4 | 5 | 6;
  /** Connected, but the window is hidden or the line is quiet. */
  readonly away?: boolean;
  /** Where they are, in words: "Budget, Cloud hosting". */
  readonly where?: string;
}

/** Two letters that stand for a name: "Ana Duarte" gives AD, "Ines" gives In. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  if (first === undefined) return '?';
  if (last === undefined) return letters(first, 1).toUpperCase() + letters(first, 2).slice(letters(first, 1).length);
  return (letters(first, 1) + letters(last, 1)).toUpperCase();
}

function letters(word: string, count: number): string {
  return Array.from(new Intl.Segmenter().segment(word), ({ segment }) => segment)
    .slice(0, count)
    .join('');
}

/** The colour that is a member's for good: the same id gives the same one on every device. */
export function colourOf(id: string): Person['colour'] {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return ((hash % 6) + 1) as Person['colour'];
}
