import type { Metadata } from 'next'
import { AskList } from '@/components/home/ask-list'
import { ComingUp } from '@/components/home/coming-up'
import { RunList } from '@/components/home/run-list'
import { Columns } from '@/components/ui/columns'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getHome } from '@/lib/insight/home/queries'
import { openTickets } from './open-tickets'

export const metadata: Metadata = { title: 'Needs you' }

export default async function HomePage() {
  const ctx = await requirePerson()
  const { asks, running, recent, comingUp, hasMore, now } = await getHome(ctx, await openTickets(ctx))
  const waiting =
    asks.length === 1 ? 'One thing waits for you.' : `${asks.length} things wait for you, most urgent first.`
  return (
    <>
      <PageHead title="Needs you" meta={asks.length > 0 && waiting} />
      <Columns rail={<ComingUp comingUp={comingUp} now={now} />}>
        {hasMore && <Notice tone="info">Only the 100 newest open tickets were looked at; there are more.</Notice>}
        {asks.length === 0 && (
          <Region label="Needs you">
            <EmptyState kind="nothing-now" level={2} title="Nothing waits for you">
              You will get a mail when something does. Until then, the projects show what is where.
            </EmptyState>
          </Region>
        )}
        <AskList asks={asks} now={now} />
        <RunList title="Running" aside="now" runs={running} now={now} />
        <RunList title="Recently" aside="newest first" runs={recent} now={now} />
      </Columns>
    </>
  )
}
