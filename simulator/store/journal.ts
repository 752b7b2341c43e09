import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type JournalLine = { readonly table: string; readonly key: string; readonly record: unknown }

/** Append-only file behind the tables; lines wait for the end of the turn and are written together. */
export class Journal {
  private waiting: string[] = []
  private scheduled = false
  private readonly file: string

  constructor(directory: string) {
    this.file = path.join(directory, 'state.jsonl')
  }

  read(): JournalLine[] {
    if (!existsSync(this.file)) return []
    const lines: JournalLine[] = []
    for (const line of readFileSync(this.file, 'utf8').split('\n')) {
      const parsed = parseLine(line)
      if (parsed !== null) lines.push(parsed)
    }
    return lines
  }

  append(line: JournalLine): void {
    this.waiting.push(JSON.stringify(line))
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(() => this.flush())
  }

  flush(): void {
    this.scheduled = false
    if (this.waiting.length === 0) return
    const text = `${this.waiting.join('\n')}\n`
    this.waiting = []
    appendFileSync(this.file, text)
  }

  /** Replaces the history by the present state. */
  rewrite(lines: readonly JournalLine[]): void {
    this.waiting = []
    const next = `${this.file}.next`
    writeFileSync(next, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    renameSync(next, this.file)
  }
}

// The last line of a killed process may be cut off.
function parseLine(line: string): JournalLine | null {
  if (line === '') return null
  try {
    return JSON.parse(line) as JournalLine
  } catch {
    return null
  }
}
