import type { PanelRow } from '@/lib/ticket/gate-panel'
import type { GateTicket } from './gate-forms'
import { windowWords } from './window-words'

export type DecisionWords = {
  readonly summary: string
  readonly confirms: readonly string[]
  readonly yes: string
  readonly no: string
}

/** What a person says by their yes, in plain words. */
export function decisionWords(id: PanelRow['id'], ticket: GateTicket): DecisionWords {
  const { release, from, to } = ticket
  const what = `release ${release.number}`
  switch (id) {
    case 'uat-sign-off':
      return {
        summary: 'Sign off or refuse UAT',
        confirms: [
          `You tried ${what} in ${from.workspaceName ?? from.label}, with work that you do every day.`,
          'Reports open, and the figures are right as far as you can tell.',
          `As far as the business is concerned, it may go to ${to.label}.`,
        ],
        yes: 'Sign off UAT',
        no: 'Refuse',
      }
    case 'qa-sign-off':
      return {
        summary: 'Sign off or refuse for QA',
        confirms: [
          `You tested ${what} in ${from.workspaceName ?? from.label}, and looked at what the test runs say.`,
          'Faults that you know of stand in your comment.',
          `It may go to ${to.label}.`,
        ],
        yes: 'Sign off for QA',
        no: 'Refuse',
      }
    default:
      return {
        summary: 'Vote on the change request',
        confirms: [
          `You read the plan and the rollback plan of ${what}.`,
          `${to.workspaceName} may be changed: ${windowWords(ticket)}.`,
        ],
        yes: 'Approve change request',
        no: 'Refuse change request',
      }
  }
}
