import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { Digest } from '@/components/ui/mono'
import { PageHead } from '@/components/ui/page-head'
import { requirePerson } from '@/lib/access/session'
import { auditChoices, auditHead, listAudit } from '@/lib/audit/queries'
import { clock } from '@/lib/db/transaction'
import { AuditLog } from './audit-log'
import { ExportMenu } from './export-menu'
import { askedBy, filterOf } from './filter'
import { FilterForm } from './filter-form'

export const metadata: Metadata = { title: 'Audit' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const ctx = await requirePerson()
  const asked = askedBy(await searchParams)
  const { projects, actors } = await auditChoices(ctx)
  const filter = filterOf(asked, projects)
  const found = await listAudit(ctx, filter ?? {})
  if (!found.ok)
    return (
      <EmptyState kind="not-allowed" level={1} title="The audit log is not open to you">
        {found.refusal.message} An administrator of a project can give it to you. What happened to a ticket stands in
        its own timeline.
      </EmptyState>
    )
  const page = filter ? found.value : { lines: [], older: null, everything: found.value.everything }
  const head = await auditHead(ctx)
  return (
    <>
      <PageHead
        title="Audit"
        meta={
          <>
            <span>Every decision and change, in a chain that only grows. Times in UTC.</span>
            <span>
              Entry {head.sequence}, <Digest value={head.hash} />
            </span>
          </>
        }
        action={<ExportMenu asked={asked} />}
      />
      <FilterForm asked={asked} projects={projects} actors={actors} />
      <AuditLog page={page} asked={asked} now={await clock(ctx.db)} />
    </>
  )
}
