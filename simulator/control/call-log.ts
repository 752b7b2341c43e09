import type { CallRecord } from '../store/records'
import type { Table } from '../store/table'

const kept = 50_000

type Beginning = Pick<CallRecord, 'method' | 'host' | 'workspaceId' | 'write' | 'bodyDigest' | 'fault'> & {
  readonly url: URL
}

/** Every call made to the simulator, in order of arrival. */
export class CallLog {
  private last: number

  constructor(private readonly calls: Table<CallRecord>) {
    this.last = calls.all().at(-1)?.sequence ?? 0
  }

  /** A call that is never ended was answered by nobody: its status stays null. */
  begin({ url, ...rest }: Beginning): CallRecord {
    this.last += 1
    if (this.calls.size >= kept) this.calls.remove(String(this.last - kept))
    return this.calls.put({
      sequence: this.last,
      time: new Date().toISOString(),
      path: url.pathname,
      query: url.search,
      status: null,
      principalId: null,
      ...rest,
    })
  }

  end(entry: CallRecord, status: number | null, principalId: string | null): void {
    this.calls.update(String(entry.sequence), { status, principalId })
  }

  list({ since, method, path }: { since: number; method: string | null; path: string | null }): CallRecord[] {
    return this.calls.filter(
      call =>
        call.sequence > since &&
        (method === null || call.method === method.toUpperCase()) &&
        (path === null || call.path.toLowerCase().includes(path.toLowerCase())),
    )
  }

  clear(): void {
    this.calls.clear()
  }
}
