import { HopLabel } from '@/components/status/tier-label'
import { Mono } from '@/components/ui/mono'
import { PageHead } from '@/components/ui/page-head'
import { Time } from '@/components/ui/time'
import type { TicketView } from '@/lib/ticket/queries'
import { type Reviewed, TicketAct } from './ticket-act'
import type { TicketActions } from './ticket-forms'
import { TicketStatus } from './ticket-status'

type TicketHeadProps = { ticket: TicketView; reviewed: Reviewed; actions: TicketActions }

export function TicketHead({ ticket, reviewed, actions }: TicketHeadProps) {
  const { number, title, status, from, to, gate, now, project } = ticket
  const unmet = gate.rows.filter(row => !row.met).length
  return (
    <PageHead
      crumbs={[{ label: 'Tickets', href: '/tickets' }, { label: number }]}
      title={title}
      meta={
        <>
          <Mono>{number}</Mono>
          <TicketStatus value={status} unmet={unmet} pill />
          <HopLabel from={from.label} to={to.label} />
          {status === 'scheduled' && gate.opensAt && (
            <span>
              the gate opens <Time at={gate.opensAt} now={now} zone={project.zone} />
            </span>
          )}
          {ticket.hop === 'dev-test' && status === 'waiting' && <span>promotes by itself when the gate is open</span>}
        </>
      }
      action={<TicketAct ticket={ticket} reviewed={reviewed} actions={actions} />}
    />
  )
}
