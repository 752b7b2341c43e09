import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { durationWords } from '@/components/ui/time-words'
import type { ValidationView } from '@/lib/promotion/queries'

const groups = [
  { kind: 'smoke-tests', label: 'Smoke tests' },
  { kind: 'data-connectivity', label: 'Data connectivity' },
  { kind: 'report-rendering', label: 'Report rendering' },
] as const

/** The three validations of policy 4.1, step 3, each check with what it found and how long it took. */
export function ValidationPanel({ validations }: { validations: readonly ValidationView[] }) {
  const ran = validations.filter(row => row.status !== 'not-applicable')
  const passed = ran.filter(row => row.status === 'passed').length
  return (
    <Region title="Validation" id="validation" aside={ran.length > 0 && `${passed} of ${ran.length} passed`}>
      {groups.map(({ kind, label }) => (
        <div key={kind} className="border-b last:border-b-0">
          <h3 className="bg-sunken px-4 py-1.5 text-xs font-medium text-ink-muted">{label}</h3>
          <Rows label={label}>
            <Checks rows={validations.filter(row => row.kind === kind)} />
          </Rows>
        </div>
      ))}
    </Region>
  )
}

function Checks({ rows }: { rows: readonly ValidationView[] }) {
  if (rows.length === 0) return <Row state="waiting" title="Has not run yet" />
  return rows.map(({ subject, status, message, durationMs }) => {
    if (status === 'not-applicable')
      return <Row key="none" state="waiting" icon="minus" title={`Not needed: ${message}`} />
    return (
      <Row
        key={subject}
        state={status === 'passed' ? 'met' : 'failing'}
        title={subject}
        note={message}
        right={durationMs === null ? undefined : durationWords(durationMs)}
      />
    )
  })
}
