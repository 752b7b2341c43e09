import type { Metadata } from 'next'
import { DecidedList } from '@/components/approval/decided-list'
import { RoundTable } from '@/components/approval/round-table'
import { WaitingList } from '@/components/approval/waiting-list'
import { PageHead } from '@/components/ui/page-head'
import { Pagination } from '@/components/ui/pagination'
import { requirePerson } from '@/lib/access/session'
import { getApprovals } from '@/lib/insight/approvals/queries'
import { openTickets } from '../open-tickets'

export const metadata: Metadata = { title: 'Approvals' }

type ApprovalsPageProps = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

export default async function ApprovalsPage({ searchParams }: ApprovalsPageProps) {
  const { before } = await searchParams
  const key = typeof before === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(before) ? before : null
  const ctx = await requirePerson()
  const { mine, rounds, decided, older, now } = await getApprovals(ctx, key, await openTickets(ctx))
  return (
    <>
      <PageHead title="Approvals" meta="Sign-offs and votes, and how they stand." />
      <WaitingList mine={mine} now={now} />
      <RoundTable rounds={rounds} />
      <DecidedList decided={decided} now={now} />
      <Pagination
        newer={key ? '/approvals#decided' : undefined}
        older={older ? `/approvals?before=${older}#decided` : undefined}
      />
    </>
  )
}
