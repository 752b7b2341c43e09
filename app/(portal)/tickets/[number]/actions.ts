'use server'

import { makeRecord } from '@/lib/gate/commands/make-record'
import { SignOffCriterion, signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { WithdrawSignOff, withdrawSignOff } from '@/lib/gate/commands/withdraw-sign-off'
import { action } from '@/lib/http/action'
import { GiveUp, giveUp } from '@/lib/promotion/commands/give-up'
import { LookAgain, lookAgain } from '@/lib/promotion/commands/look-again'
import { promote } from '@/lib/promotion/commands/promote'
import { PromoteForm } from '@/lib/promotion/promote-form'
import { CancelTicket, cancelTicket } from '@/lib/ticket/commands/cancel-ticket'
import { CloseTicket, closeTicket } from '@/lib/ticket/commands/close-ticket'
import { RecordForm } from '@/lib/ticket/record-form'

export const signOffAction = action(SignOffCriterion, signOffCriterion, {
  said: ({ alreadyRecorded }) => (alreadyRecorded ? 'Your decision stands already.' : 'Your decision is recorded.'),
})
export const withdrawAction = action(WithdrawSignOff, withdrawSignOff, { said: () => 'Your decision is withdrawn.' })
export const makeRecordAction = action(RecordForm, makeRecord, { said: () => 'Written down.' })
export const promoteAction = action(PromoteForm, promote)
export const lookAgainAction = action(LookAgain, lookAgain)
export const giveUpAction = action(GiveUp, giveUp)
export const closeTicketAction = action(CloseTicket, closeTicket)
export const cancelTicketAction = action(CancelTicket, cancelTicket)
