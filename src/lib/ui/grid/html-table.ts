/** The first table of an HTML clipboard, for text whose unquoted line breaks tore its rows apart. */
import type { TextTable } from './clipboard.ts';

/** Rows and cells of the first table; undefined when there is none. Nothing of the page is run or loaded. */
export function tableFromHtml(html: string): TextTable | undefined {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (table === null) return undefined;
  return Array.from(table.rows, (row) => Array.from(row.cells, (cell) => cell.textContent.trim()));
}
