import { Region } from '@/components/ui/region'
import { Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { GateActions, GateTicket } from './gate-forms'
import { VerdictRow } from './verdict-row'

type GatePanelProps = { ticket: GateTicket; actions: GateActions }

/** Every criterion of a hop and every other condition: what is met, what is not, why, and who can clear it. */
export function GatePanel({ ticket, actions }: GatePanelProps) {
  const { gate, can } = ticket
  const isPast = can.promote === null
  return (
    <Region title={gate.name} id="gate" aside={<Aside ticket={ticket} />}>
      <Rows label={gate.name}>
        {gate.rows.map(row => (
          <VerdictRow key={row.id} row={row} ticket={ticket} actions={actions} isPast={isPast} />
        ))}
      </Rows>
    </Region>
  )
}

function Aside({ ticket: { gate, now, project } }: { ticket: GateTicket }) {
  const at = gate.decided?.at ?? gate.opensAt
  const met = gate.rows.filter(row => row.met).length
  if (!at) return `${met} of ${gate.rows.length} met`
  return (
    <>
      {gate.decided ? `opened by ${gate.decided.by} ` : 'opens '}
      <Time at={at} now={now} zone={project.zone} />
      {!gate.decided && ' if nothing changes'}
    </>
  )
}
