import { authoriseToken, type TokenActor, type TokenScope, tokenActor } from '@/lib/access/tokens'
import { command } from '@/lib/audit/command'
import type { Db } from '@/lib/db/client'
import { clock } from '@/lib/db/transaction'
import { unexpected } from '@/lib/http/failure'
import { problem } from '@/lib/http/problem'
import { ok, type Result } from '@/lib/kernel/result'

export type Caller = { readonly actor: TokenActor; readonly db: Db }

/** Who calls the API: by a token, and one that has the scope. A denial is audited, except of a GET, which changes nothing. */
async function callerOf(database: Db, request: Request, scope: TokenScope, toDo: string): Promise<Result<Caller>> {
  const now = await clock(database)
  const found = await tokenActor(database, request.headers.get('authorization'), now)
  if (!found.ok) return found
  const caller = { actor: found.value, db: database }
  const about = { name: toDo, projectId: caller.actor.projectId }
  const may =
    request.method === 'GET'
      ? await authoriseToken(database, caller.actor, scope, toDo, now)
      : await command(caller, about, tx => authoriseToken(tx, caller.actor, scope, toDo, now))
  return may.ok ? ok(caller) : may
}

/** An operation of the API: a refusal becomes problem details, and so does what was not expected. */
export function operation(
  db: () => Db,
  { scope, toDo }: { readonly scope: TokenScope; readonly toDo: string },
  answer: (caller: Caller, request: Request) => Promise<Response>,
) {
  return async (request: Request): Promise<Response> => {
    try {
      const caller = await callerOf(db(), request, scope, toDo)
      return caller.ok ? await answer(caller.value, request) : problem(caller.refusal)
    } catch (cause) {
      return problem(unexpected(cause, `${request.method} ${new URL(request.url).pathname}`))
    }
  }
}
