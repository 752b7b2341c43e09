import type { Holder, Role } from '@/lib/access/roles'
import type { Digest } from '@/lib/kernel/digest'
import type { Content } from './covered'
import { criterionById } from './criteria'
import type { RecordFact, SignOffFact } from './facts'
import { recordSchemas, windowText } from './records'

type Parts = { readonly release: { readonly digest: string }; readonly environment: { readonly workspaceId: string } }

/** What a ticket stands for now. */
export function contentOf(ticket: Parts, rules: Digest, records: Readonly<Record<string, RecordFact>>): Content {
  const window = records['deployment-window']
  const parsed = window ? recordSchemas['deployment-window'].parse(window.content) : null
  return {
    release: ticket.release.digest as Digest,
    rules,
    target: ticket.environment.workspaceId,
    window: windowText(parsed),
  }
}

type RecordRow = { readonly content: unknown; readonly madeBy: string; readonly madeAt: Date }
export const recordFact = ({ content, madeBy, madeAt }: RecordRow): RecordFact => ({ content, madeBy, madeAt })

type SignOffRow = Omit<SignOffFact, 'holdsRole' | 'covered' | 'verdict' | 'role'> & {
  readonly criterion: string
  readonly verdict: string
  readonly role: string
  readonly covered: unknown
}

export function signOffFact(row: SignOffRow, holders: readonly Holder[]): SignOffFact & { readonly criterion: string } {
  const wanted = criterionById(row.criterion)?.roles ?? []
  const held = holders.find(holder => holder.userId === row.userId)?.roles ?? []
  return {
    ...row,
    verdict: row.verdict as 'yes' | 'no',
    role: row.role as Role,
    covered: row.covered as Partial<Content>,
    holdsRole: held.some(role => wanted.includes(role)),
  }
}
