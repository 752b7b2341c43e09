import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { Textarea } from '@/components/form/textarea'
import { Disclosure } from '@/components/ui/disclosure'
import { Time } from '@/components/ui/time'
import type { Act, PanelRow } from '@/lib/ticket/gate-panel'
import { decisionWords } from './decision-words'
import type { GateActions, GateTicket } from './gate-forms'

type DecisionPartProps = {
  row: PanelRow
  act: Extract<Act, { kind: 'decide' }>
  ticket: GateTicket
  actions: GateActions
}

/** For those who hold the role: decide, take back, or read why they may not. */
export function DecisionPart(props: DecisionPartProps) {
  const { act } = props
  if (act.own) return <OwnDecision {...props} />
  if (!act.may.allowed) return <p className="text-ink">{act.may.because}</p>
  return <DecisionForm {...props} />
}

function OwnDecision({ row, act, actions }: DecisionPartProps) {
  if (!act.own) return null
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{act.own.verdict === 'yes' ? 'You said yes.' : 'You refused.'}</span>
      {act.may.allowed && (
        <ActionForm
          action={actions.withdraw}
          label={`Withdraw your decision on ${row.label}`}
          hidden={{ signOffId: act.own.signOffId }}
        >
          <SubmitButton pending="Withdrawing" variant="plain" size="sm">
            Withdraw my decision
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}

function DecisionForm({ row, act, ticket, actions }: DecisionPartProps) {
  const words = decisionWords(row.id, ticket)
  return (
    <Disclosure summary={<span className="font-medium text-ink">{words.summary}</span>} open={!row.met}>
      {act.changed && (
        <p className="mb-2 text-attention">
          You said yes <Time at={act.changed.since} now={ticket.now} zone={ticket.project.zone} />. Since then{' '}
          {act.changed.what} changed, so it counts no longer: look again.
        </p>
      )}
      <p>With your yes you confirm:</p>
      <ul className="mb-2 max-w-[80ch] list-disc pl-5 text-ink">
        {words.confirms.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="mb-3">
        <a href="#plan" className="link">
          See what changes
        </a>
      </p>
      <div className="text-ink">
        <ActionForm
          action={actions.signOff}
          label={words.summary}
          hidden={{ ticketId: ticket.id, criterion: row.id, seen: act.seen }}
          warns
        >
          <Textarea
            name="statement"
            label="Comment"
            hint="A refusal needs one: say what has to be mended. Everybody on this ticket can read it."
            rows={3}
            maxLength={2000}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton name="verdict" value="yes" pending="Recording">
              {words.yes}
            </SubmitButton>
            <SubmitButton name="verdict" value="no" pending="Recording" variant="plain">
              {words.no}
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Disclosure>
  )
}
