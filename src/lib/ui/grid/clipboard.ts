/** Tables as spreadsheets put them on the clipboard: tab separated with quotes where needed, and as HTML. */
export type TextTable = readonly (readonly string[])[];

/** Read tab separated text. Quotes count where they open a cell and are closed (RFC 4180), elsewhere they are text. */
export function tableFromText(text: string): TextTable {
  if (text === '') return [];
  const body = text.replace(/(?:\r\n|\n|\r)$/, '');
  if (!body.includes('"')) return body.split(/\r\n|\n|\r/).map((row) => row.split('\t'));
  return quotedTable(body);
}

/** Tab separated, every row ended with a line break as spreadsheets do. */
export function textFromTable(table: TextTable): string {
  return table.map((row) => `${row.map(quoted).join('\t')}\r\n`).join('');
}

export function htmlFromTable(table: TextTable): string {
  const rows = table.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
  return `<meta charset="utf-8"><table>${rows.join('')}</table>`;
}

/** Whether rows differ in length: then some cell held tabs or line breaks that nobody quoted. */
export function isRagged(table: TextTable): boolean {
  return table.some((row) => row.length !== table[0]?.length);
}

function quotedTable(text: string): TextTable {
  const rows: string[][] = [];
  let row: string[] = [];
  let place = 0;
  for (;;) {
    const cell = cellAt(text, place);
    row.push(cell.text);
    place = cell.end;
    if (text[place] === '\t') {
      place += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (place >= text.length) return rows;
    place += text.startsWith('\r\n', place) ? 2 : 1;
  }
}

interface CellText {
  readonly text: string;
  /** Where the separator after the cell stands. */
  readonly end: number;
}

const separator = /[\t\r\n]/g;

function cellAt(text: string, start: number): CellText {
  if (text[start] !== '"') return bareCell(text, start);
  let unquoted = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return bareCell(text, start);
    unquoted += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const rest = bareCell(text, quote + 1);
      return { text: unquoted + rest.text, end: rest.end };
    }
    unquoted += '"';
    from = quote + 2;
  }
}

function bareCell(text: string, start: number): CellText {
  separator.lastIndex = start;
  const end = separator.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), end };
}

function quoted(cell: string): string {
  return /[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function escaped(cell: string): string {
  return cell
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>');
}
