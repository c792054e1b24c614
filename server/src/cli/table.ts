/** Lines in which columns stand below each other; numbers end, and words begin, at the same place. */
export function table(rows: readonly (readonly string[])[]): string {
  const widthOf = (i: number) => Math.max(...rows.map(row => row[i]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, i) => widthOf(i));
  const padded = (cell: string, width: number) => (/^[0-9]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width));
  return rows
    .map(
      row =>
        `${row
          .map((cell, i) => padded(cell, widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
