import { Client } from 'pg'
import { portal } from './fixtures'

type Refusal = { readonly actor: string; readonly actorId: string | null; readonly message: string }

/** Reads the portal's database as its owner; nothing is written. */
export async function ask<Row extends object>(sql: string, ...values: readonly string[]): Promise<Row[]> {
  const client = new Client({ connectionString: portal().ownerUrl })
  await client.connect()
  try {
    await client.query('SET default_transaction_read_only = on')
    return (await client.query(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

export async function ticketId(path: string): Promise<string> {
  const number = Number(/\d+$/.exec(path)?.[0])
  const [ticket] = await ask<{ id: string }>('SELECT id FROM ticket WHERE number = $1', String(number))
  if (!ticket) throw new Error(`no ticket at ${path}`)
  return ticket.id
}

/** What was decided and started for a ticket so far. */
export async function startedFor(ticket: string): Promise<{ promotions: number; decisions: number }> {
  const [counted] = await ask<{ promotions: number; decisions: number }>(
    `SELECT (SELECT count(*)::int FROM promotion WHERE ticket_id = $1) AS promotions,
            (SELECT count(*)::int FROM gate_decision WHERE ticket_id = $1) AS decisions`,
    ticket,
  )
  return counted ?? { promotions: -1, decisions: -1 }
}

/** The refusals in a ticket's audit log, oldest first. */
export async function refusalsOf(ticket: string): Promise<Refusal[]> {
  return ask<Refusal>(
    `SELECT actor, actor_id AS "actorId", text::jsonb #>> '{details,message}' AS message
     FROM audit_entry WHERE ticket_id = $1 AND action = 'refused' ORDER BY sequence`,
    ticket,
  )
}
