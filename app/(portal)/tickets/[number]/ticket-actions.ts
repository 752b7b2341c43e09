import type { RunActions } from '@/components/run/run-forms'
import type { TicketActions } from '@/components/ticket/ticket-forms'
import * as posts from './actions'

/** The server actions of this page, for the components that hold its forms. */
export const ticketActions: TicketActions = {
  signOff: posts.signOffAction,
  withdraw: posts.withdrawAction,
  makeRecord: posts.makeRecordAction,
  promote: posts.promoteAction,
  close: posts.closeTicketAction,
  cancel: posts.cancelTicketAction,
}

export const runActions: RunActions = { lookAgain: posts.lookAgainAction, giveUp: posts.giveUpAction }
