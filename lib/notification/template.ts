import { type Holder, roleLabels } from '@/lib/access/roles'
import { hopEnds } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'
import { assertNever } from '@/lib/kernel/assert-never'
import { asksOf } from './asks'
import { oneLine, plainBlock } from './one-line'
import { rolesTold } from './recipients'
import { type Ending, hasFailed, type Story } from './story'

export type Written = { readonly subject: string; readonly text: string }

const endings: Readonly<Record<Ending, { word: string; sentence: string }>> = {
  succeeded: { word: 'succeeded', sentence: 'succeeded. What is there now is what the plan said.' },
  failed: { word: 'failed', sentence: 'failed: a check said no.' },
  errored: { word: 'errored', sentence: 'errored: a machine broke. No check has said no.' },
  partial: { word: 'ended in part', sentence: 'ended in part: some items were changed and some were not.' },
  cancelled: { word: 'did not run', sentence: 'did not run. Nothing was changed.' },
  unknown: { word: 'has an unknown outcome', sentence: 'has an unknown outcome: a person has to look at Fabric.' },
}

/** The mail about an event for one reader: what, from where to where, which release, who, and what the reader is asked to do. */
export function mailFor(story: Story, reader: Holder): Written {
  const asks = asksOf(story, reader)
  const { headline, lead, body, facts } = tell(story, asks.length > 0)
  const asked =
    asks.length > 0
      ? `What you are asked to do:\n${asks.map(ask => `- ${oneLine(ask, 300)}`).join('\n')}`
      : nothingAsked
  const blocks = [
    lead,
    ...body,
    factLines([...common(story), ...facts]),
    asked,
    `Look at the ticket: ${story.link}`,
    why(story, reader),
  ]
  return { subject: oneLine(headline), text: `${blocks.join('\n\n')}\n` }
}

const nothingAsked = 'You are not asked to do anything.'

type Fact = readonly [label: string, value: string]
type Telling = {
  readonly headline: string
  readonly lead: string
  readonly body: readonly string[]
  readonly facts: readonly Fact[]
}

function tell(story: Story, isAsked: boolean): Telling {
  const { told, number, zone } = story
  const what = oneLine(`${story.project} ${story.release.number} to ${tierFacts[hopEnds[story.hop].target].label}`)
  const run = `The promotion of release ${oneLine(story.release.number)} into ${oneLine(story.to)}`
  switch (told.kind) {
    case 'ticket-created': {
      const headline = isAsked ? `${number} needs you: ${what}` : `${number} opened: ${what}`
      const lead = `Release ${oneLine(story.release.number)} waits at the gate into ${oneLine(story.to)}.`
      return { headline, lead, body: [], facts: [['Opened by', story.requestedBy]] }
    }
    case 'ticket-cancelled': {
      const lead = `Release ${oneLine(story.release.number)} will not be deployed to ${oneLine(story.to)} with this ticket.`
      const facts: Fact[] = [
        ['Cancelled by', told.by],
        ['Because', told.because],
      ]
      return { headline: `${number} cancelled: ${what}`, lead, body: [], facts }
    }
    case 'stage-started': {
      const writes: Fact[] = told.writes === null ? [] : [['Items to write', String(told.writes)]]
      const facts: Fact[] = [['Started by', told.by], ['At', instant(told.at, zone)], ...writes]
      return { headline: `${number} started: ${what}`, lead: `${run} has started.`, body: [], facts }
    }
    case 'stage-ended': {
      const { word, sentence } = endings[told.ending]
      const message: Fact[] = told.message ? [[hasFailed(told) ? 'What went wrong' : 'Note', told.message]] : []
      const checks: Fact[] = told.checks > 0 ? [['Checks', `${told.passed} of ${told.checks} passed`]] : []
      const facts: Fact[] = [...message, ...checks, ['At', instant(told.at, zone)]]
      return { headline: `${number} ${word}: ${what}`, lead: `${run} ${sentence}`, body: [], facts }
    }
    case 'ticket-closed': {
      const lead = `Release ${oneLine(story.release.number)} is in ${oneLine(story.to)}, validated, and its ticket is closed.`
      const since: Fact[] = told.deployedAt ? [['Deployed', instant(told.deployedAt, zone)]] : []
      return { headline: `${number} closed: ${what}`, lead, body: [], facts: [...since, ['Closed by', told.by]] }
    }
    case 'announcement': {
      const window: Fact[] = told.window ? [['Window', windowWords(told.window)]] : []
      const onCall: Fact[] = told.onCall ? [['On call', `${told.onCall.person}, ${told.onCall.contact}`]] : []
      const lead = `${oneLine(told.by)} announces a deployment to ${oneLine(story.to)}:`
      const facts = [...window, ...onCall]
      return { headline: `${told.subject} (${number})`, lead, body: [plainBlock(told.text)], facts }
    }
    default:
      return assertNever(told)
  }
}

const common = (story: Story): readonly Fact[] => [
  ['Ticket', story.number],
  ['Project', story.project],
  ['Release', `${story.release.number}, ${story.release.title}`],
  ['From', story.from],
  ['To', story.to],
]

const factLines = (facts: readonly Fact[]) =>
  facts.map(([label, value]) => `${label}: ${oneLine(value, 500)}`).join('\n')

function why(story: Story, reader: Holder): string {
  const told = rolesTold({ kind: story.told.kind, hop: story.hop, hasFailed: hasFailed(story.told) })
  const held = reader.roles.filter(role => told.has(role)).map(role => roleLabels[role])
  return `You get this as ${held.join(' and ')} of ${oneLine(story.project)}. This mail decides nothing: the link only shows the ticket, and you sign in to decide.`
}

/** "Thu, 26 Nov 2026, 20:00 (Europe/Oslo)" */
function instant(at: Date, zone: string): string {
  return `${formatted(at, zone)} (${zone})`
}

const windowWords = ({ start, end, zone }: { start: Date; end: Date; zone: string }) =>
  `${formatted(start, zone)} to ${formatted(end, zone)} (${zone})`

function formatted(at: Date, timeZone: string): string {
  const words = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return at.toLocaleString('en-GB', { ...words, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
}
