import type { Journal } from './journal'

/** Records in memory by key, in order of insertion; each change goes to the journal. */
export class Table<T extends object> {
  private readonly records = new Map<string, T>()

  constructor(
    readonly name: string,
    private readonly journal: Journal,
    private readonly keyOf: (record: T) => string,
  ) {}

  restore(key: string, record: unknown): void {
    if (record === null) this.records.delete(key)
    else this.records.set(key, record as T)
  }

  get(key: string): T | undefined {
    return this.records.get(key.toLowerCase())
  }

  all(): T[] {
    return [...this.records.values()]
  }

  filter(matches: (record: T) => boolean): T[] {
    return this.all().filter(matches)
  }

  find(matches: (record: T) => boolean): T | undefined {
    for (const record of this.records.values()) if (matches(record)) return record
    return undefined
  }

  put(record: T): T {
    const key = this.keyOf(record).toLowerCase()
    this.records.set(key, record)
    this.journal.append({ table: this.name, key, record })
    return record
  }

  update(key: string, change: Partial<T>): T | undefined {
    const before = this.get(key)
    return before === undefined ? undefined : this.put({ ...before, ...change })
  }

  remove(key: string): void {
    if (!this.records.delete(key.toLowerCase())) return
    this.journal.append({ table: this.name, key: key.toLowerCase(), record: null })
  }

  clear(): void {
    for (const key of [...this.records.keys()]) this.remove(key)
  }

  get size(): number {
    return this.records.size
  }

  entries(): IterableIterator<[string, T]> {
    return this.records.entries()
  }
}
