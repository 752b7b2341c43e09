import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { getGate } from '@/lib/gate/queries'
import { json, problem } from '@/lib/http/problem'
import { refuse } from '@/lib/kernel/result'
import { parseTicketNumber, ticketNumber } from '@/lib/kernel/ticket-number'
import { operation } from '../caller'
import { type GateAnswer, GateQuery } from '../schemas'

/** The gate of a ticket: the same list that the screen shows. */
export const getGates = (db: () => Db) =>
  operation(db, { scope: 'read', toDo: 'read gates' }, async (caller, request) => {
    const query = GateQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!query.success) return problem(refuse('invalid', 'Ask with `ticket`, such as CHG-0001.').refusal)
    const number = parseTicketNumber(query.data.ticket)
    const view = number === null ? null : await getGate(caller, number)
    if (number === null || !view) return problem(refuse('not-found', 'There is no such ticket.').refusal)
    const { gate, facts } = view
    const answer: z.input<typeof GateAnswer> = {
      ticket: ticketNumber(number),
      hop: facts.hop,
      release: facts.releaseNumber,
      open: gate.open,
      verdicts: gate.verdicts.map(verdict => ({
        ...verdict,
        roles: [...verdict.roles],
        at: verdict.at?.toISOString() ?? null,
        earliest: verdict.earliest?.toISOString() ?? null,
      })),
    }
    return json(answer)
  })
