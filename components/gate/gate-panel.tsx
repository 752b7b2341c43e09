import { Region } from '@/components/ui/region'
import { Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { GateActions, GateTicket } from './gate-forms'
import { VerdictRow } from './verdict-row'

type GatePanelProps = { ticket: GateTicket; actions: GateActions }

/** Every criterion of a hop and every other condition: what is met, what is not, why, and who can clear it. */
export function GatePanel({ ticket, actions }: GatePanelProps) {
  const { gate, now, project, can } = ticket
  const isPast = can.promote === null
  const unmet = gate.rows.filter(row => !row.met).length
  return (
    <Region
      title={gate.name}
      id="gate"
      aside={
        gate.opensAt ? (
          <>
            opens <Time at={gate.opensAt} now={now} zone={project.zone} /> if nothing changes
          </>
        ) : (
          `${gate.rows.length - unmet} of ${gate.rows.length} met`
        )
      }
    >
      <Rows label={gate.name}>
        {gate.rows.map(row => (
          <VerdictRow key={row.id} row={row} ticket={ticket} actions={actions} isPast={isPast} />
        ))}
      </Rows>
    </Region>
  )
}
