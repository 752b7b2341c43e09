export type Line = {
  readonly name: string
  /** Table rows on the page; null for what is no page. */
  readonly rows: number | null
  readonly p50: number
  readonly perSecond: number
  readonly statements: number
}

/** One line a target, each with its ratio to the first one, which is the bare page. */
export function table(lines: readonly Line[]): string {
  const bare = lines[0]
  const cells = lines.map(({ name, rows, p50, perSecond, statements }) => [
    name,
    rows === null ? '' : String(rows),
    p50.toFixed(1),
    perSecond.toFixed(0),
    bare ? (p50 / bare.p50).toFixed(1) : '',
    bare ? (bare.perSecond / perSecond).toFixed(1) : '',
    String(statements),
  ])
  return aligned([['what', 'rows', 'p50 ms', 'req/s', '× bare p50', '× bare req/s', 'statements'], ...cells])
}

/** How each target's ratio to the bare page of its own turn moves from the fewest tickets to the most; 1.0 is flat. */
export function flatness(sizes: readonly number[], results: readonly (readonly Line[])[]): string {
  const [fewest, most] = [results[0] ?? [], results.at(-1) ?? []]
  const ratio = (lines: readonly Line[], index: number) => (lines[index]?.p50 ?? 0) / (lines[0]?.p50 ?? 1)
  const cells = most.slice(1).map(({ name, statements }, position) => {
    const index = position + 1
    const [few, many] = [ratio(fewest, index), ratio(most, index)]
    const growth = `${fewest[index]?.statements} → ${statements}`
    return [name, few.toFixed(1), many.toFixed(1), (many / few).toFixed(2), growth]
  })
  const at = (size: number | undefined) => `× bare at ${size?.toLocaleString('en-GB')}`
  return aligned([['what', at(sizes[0]), at(sizes.at(-1)), 'growth', 'statements'], ...cells])
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return rows.map(line).join('\n')
}
