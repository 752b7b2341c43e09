import { connect, type Db } from '@/lib/db/client'
import { signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { withdrawSignOff } from '@/lib/gate/commands/withdraw-sign-off'
import type { Result } from '@/lib/kernel/result'
import type { Person } from '../test/factories'
import { givenTicket, seenFor } from '../test/ticket-factory'
import type { Target } from './measure'

type Place = { readonly ticketId: string; readonly seen: string; readonly person: Person }

const criterion = 'qa-sign-off'
const places = 8

/** Decisions as the portal's database role takes them: a sign-off, and taking it back; each visitor on a ticket of their own. */
export async function decisions(db: Db, ownerUrl: string): Promise<Target> {
  const free = await placesWith(ownerUrl)
  return {
    name: 'Two decisions (sign off, withdraw)',
    async once() {
      const place = free.shift()
      if (!place) throw new Error(`There are ${places} tickets to decide on, and all are taken.`)
      await decideTwice(db, place)
      free.push(place)
    },
  }
}

async function decideTwice(db: Db, { ticketId, seen, person }: Place): Promise<void> {
  const ctx = { actor: person, db }
  const { signOffId } = given(await signOffCriterion(ctx, { ticketId, criterion, verdict: 'yes', statement: '', seen }))
  given(await withdrawSignOff(ctx, { signOffId }))
}

/** Tickets made by the owner with a shifted clock ask the worker for nothing: what is measured is the decision. */
async function placesWith(ownerUrl: string): Promise<Place[]> {
  const db = connect(`${ownerUrl}?options=${encodeURIComponent('-c TimeZone=UTC -c gatehouse.shift=00:00:00.001')}`)
  const made: Place[] = []
  for (let count = 0; count < places; count += 1) {
    const { ticket, people } = await givenTicket(db, 'test-uat')
    made.push({ ticketId: ticket.id, seen: await seenFor(db, ticket.id, criterion), person: people.qa })
  }
  await db.$disconnect()
  return made
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
