import clsx from 'clsx'
import { Row } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { Because } from '@/lib/gate/gate'
import type { PanelRow } from '@/lib/ticket/gate-panel'
import { DecisionPart } from './decision-part'
import type { GateActions, GateTicket } from './gate-forms'
import { RecordPart } from './record-part'
import { Votes } from './votes'
import { windowWords } from './window-words'

const words: Readonly<Record<Because, string>> = {
  missing: 'Missing',
  failing: 'Failing',
  awaiting: 'Awaiting',
  refused: 'Refused',
  void: 'Void, something changed',
  unreachable: 'Not enough people',
  'elsewhere-first': 'Elsewhere first',
  'too-early': 'Too early',
  'too-late': 'Too late',
  busy: 'Busy',
}

type VerdictRowProps = { row: PanelRow; ticket: GateTicket; actions: GateActions; isPast: boolean }

/** One criterion: met ones fade, unmet ones say why and who can clear them, with the form for those who may. */
export function VerdictRow({ row, ticket, actions, isPast }: VerdictRowProps) {
  const state = row.met ? 'met' : isPast ? 'waiting' : row.because === 'failing' ? 'failing' : 'open'
  const { act } = row
  return (
    <Row
      id={`criterion-${row.id}`}
      state={state}
      title={row.label}
      note={<Told row={row} ticket={ticket} isPast={isPast} />}
      right={<Right row={row} ticket={ticket} />}
    >
      {row.kind === 'approval' || row.votes.some(vote => vote.ended || vote.statement) ? (
        <Votes votes={row.votes} moment={{ now: ticket.now, zone: ticket.project.zone }} />
      ) : null}
      {!(row.met || isPast) && row.clearers && <p>{row.clearers}</p>}
      {!isPast && act?.kind === 'decide' && <DecisionPart row={row} act={act} ticket={ticket} actions={actions} />}
      {!isPast && act?.kind === 'record' && <RecordPart row={row} act={act} ticket={ticket} actions={actions} />}
    </Row>
  )
}

function Told({ row, ticket, isPast }: Omit<VerdictRowProps, 'actions'>) {
  const tone = isPast ? undefined : row.because === 'failing' ? 'text-danger' : 'text-attention'
  return (
    <>
      {row.because && <span className={clsx('font-semibold', tone)}>{words[row.because]}. </span>}
      {row.id === 'deployment-window' && row.met ? windowWords(ticket) : row.sentence}
      {row.link && (
        <>
          {' '}
          <a href={row.link} className="link relative z-1">
            See the result
          </a>
        </>
      )}
    </>
  )
}

function Right({ row, ticket: { now, project } }: Pick<VerdictRowProps, 'row' | 'ticket'>) {
  if (row.earliest)
    return (
      <>
        from <Time at={row.earliest} now={now} zone={project.zone} />
      </>
    )
  if (!row.at) return row.by
  return (
    <>
      {row.by && (
        <>
          {row.by}
          <br />
        </>
      )}
      <Time at={row.at} now={now} zone={project.zone} />
    </>
  )
}
