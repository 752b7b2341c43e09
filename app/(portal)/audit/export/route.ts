import { currentContext } from '@/lib/access/session'
import { byteOrderMark, csvRow, utcInstant, zonedInstant } from '@/lib/audit/csv'
import { auditChoices, auditHead, auditRows, listAudit } from '@/lib/audit/queries'
import { problem } from '@/lib/http/problem'
import { askedBy, filterOf } from '../filter'

/** The log, or what a filter leaves of it, as CSV for reading or as JSON lines for `npm run audit:verify`. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await currentContext()
  const allowed = await listAudit(ctx, {})
  if (!allowed.ok) return problem(allowed.refusal)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const { projects } = await auditChoices(ctx)
  const filter = filterOf({ ...askedBy(query), before: undefined }, projects)
  const rows = filter ? auditRows(ctx, filter) : auditRows(ctx, { actions: [] })
  const isCsv = query.format !== 'jsonl'
  const { sequence } = await auditHead(ctx)
  const zone = projects[0]?.zone ?? 'UTC'
  return new Response(streamOf(isCsv ? csv(rows, zone) : jsonLines(rows)), {
    headers: {
      'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${sequence}.${isCsv ? 'csv' : 'jsonl'}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

type Rows = ReturnType<typeof auditRows>

async function* csv(rows: Rows, zone: string): AsyncGenerator<string> {
  const head = [
    'Entry',
    'At (UTC)',
    `At (${zone})`,
    'Who',
    'Action',
    'What',
    'In their words',
    'Project',
    'Ticket',
    'Hash',
  ]
  yield byteOrderMark + csvRow(head)
  for await (const { at, line } of rows) {
    const { sequence, actor, action, sentence, quotation, project, ticket, hash } = line
    const times = [utcInstant(at), zonedInstant(at, zone)]
    yield csvRow([sequence, ...times, actor, action, sentence, quotation, project?.name ?? null, ticket, hash])
  }
}

async function* jsonLines(rows: Rows): AsyncGenerator<string> {
  for await (const { sequence, at, text, previous, hash } of rows)
    yield `${JSON.stringify({ sequence, at, text, previous, hash })}\n`
}

function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
