import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type MailMessage = {
  readonly id: number
  readonly receivedAt: string
  /** Of the envelope, which says who really gets it. */
  readonly sender: string
  readonly recipients: readonly string[]
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly messageId: string
  readonly text: string
  readonly html: string | null
  readonly headers: readonly { readonly name: string; readonly line: string }[]
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly text: string }[]
}

const mostKept = 2_000

/** The messages that came, newest last, kept in one file with a line for each. */
export function createMessages(dataDir: string) {
  const file = join(dataDir, 'messages.jsonl')
  let kept: MailMessage[] = existsSync(file) ? readLines(file).slice(-mostKept) : []
  let lastId = kept.at(-1)?.id ?? 0
  let lines = kept.length

  function rewrite(): void {
    writeFileSync(`${file}.new`, kept.map(message => `${JSON.stringify(message)}\n`).join(''))
    renameSync(`${file}.new`, file)
    lines = kept.length
  }

  return {
    add(message: Omit<MailMessage, 'id'>): void {
      lastId += 1
      const added = { id: lastId, ...message }
      kept = [...kept.slice(1 - mostKept), added]
      appendFileSync(file, `${JSON.stringify(added)}\n`)
      lines += 1
      if (lines > 2 * mostKept) rewrite()
    },
    find: (id: number) => kept.find(message => message.id === id),
    list({ to, since }: { to?: string | null; since?: string | null } = {}): readonly MailMessage[] {
      const sinceMs = since ? Date.parse(since) : Number.NaN
      return kept.filter(
        message =>
          (!to || message.recipients.some(address => address.toLowerCase() === to.toLowerCase())) &&
          (Number.isNaN(sinceMs) || Date.parse(message.receivedAt) >= sinceMs),
      )
    },
    clear(): void {
      kept = []
      rewrite()
    },
  }
}

/** A line that a killed process left half-written is passed over. */
function readLines(file: string): MailMessage[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => {
      try {
        return line === '' ? [] : [JSON.parse(line)]
      } catch {
        return []
      }
    })
}
