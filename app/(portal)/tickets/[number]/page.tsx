import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { GatePanel } from '@/components/gate/gate-panel'
import { PlanPanel, planCounts } from '@/components/plan/plan-panel'
import { RunPanel } from '@/components/run/run-panel'
import { ValidationPanel } from '@/components/run/validation-panel'
import { TicketHead } from '@/components/ticket/ticket-head'
import { TicketRail } from '@/components/ticket/ticket-rail'
import { TicketStepBar } from '@/components/ticket/ticket-step-bar'
import { TicketTasks } from '@/components/ticket/ticket-tasks'
import { TicketTimeline } from '@/components/timeline/ticket-timeline'
import { Columns } from '@/components/ui/columns'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { ticketTimeline } from '@/lib/audit/queries'
import { parseTicketNumber, ticketNumber } from '@/lib/kernel/ticket-number'
import { isStill } from '@/lib/promotion/progress'
import { getPlan, getRun } from '@/lib/promotion/queries'
import { getTicket } from '@/lib/ticket/queries'
import { runActions, ticketActions } from './ticket-actions'
import { toldOfStart } from './told-of-start'

type Route = { params: Promise<{ number: string }> }

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  const number = parseTicketNumber((await params).number)
  return { title: number === null ? 'Ticket' : ticketNumber(number) }
}

export default async function TicketPage({ params }: Route) {
  const ctx = await requirePerson()
  const number = parseTicketNumber((await params).number)
  const ticket = number === null ? null : await getTicket(ctx, number)
  if (!ticket) notFound()
  const about = [getPlan(ctx, ticket.id), getRun(ctx, ticket.id), ticketTimeline(ctx, ticket.id)] as const
  const [plan, run, lines] = await Promise.all(about)
  const moment = { now: ticket.now, zone: ticket.project.zone }
  const counts = plan?.plan ? planCounts(plan.plan) : null
  const reviewed = { plan: plan?.digest ?? null, counts, told: toldOfStart(ticket) }
  const gate = <GatePanel ticket={ticket} actions={ticketActions} />
  return (
    <>
      <TicketHead ticket={ticket} reviewed={reviewed} actions={ticketActions} />
      <TicketStepBar steps={ticket.steps} />
      <Columns rail={<TicketRail ticket={ticket} run={run} cancel={ticketActions.cancel} />}>
        {!run && gate}
        {run && <RunPanel run={run} targetName={ticket.to.workspaceName} moment={moment} actions={runActions} />}
        {run && run.validations.length > 0 && <ValidationPanel validations={run.validations} />}
        {run && gate}
        <PlanPanel view={plan} tier={ticket.to.label} moment={moment} isOver={ticket.closedAt !== null} />
        <TicketTasks
          steps={ticket.steps}
          moment={moment}
          isCancelled={ticket.status === 'cancelled'}
          isRunning={run !== null && !isStill(run.state.phase)}
        />
        <Region title="Timeline" id="timeline" aside="newest first">
          <TicketTimeline lines={lines} {...moment} />
        </Region>
      </Columns>
    </>
  )
}
