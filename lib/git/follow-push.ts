import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { withTransaction } from '@/lib/db/transaction'
import { pause } from '@/lib/fabric/time'
import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import { portal } from '@/lib/kernel/context'
import { ok, type Result } from '@/lib/kernel/result'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { type MadeRelease, makeRelease } from '@/lib/release/commands/make-release'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { bringDevTo } from './bring-dev'
import { conventionEvidence } from './convention-evidence'
import { followForced } from './follow-forced'
import {
  type Ending,
  type FollowingProject,
  failed,
  handled,
  ignored,
  noProject,
  projectFollowing,
  type Sources,
  shortSha,
} from './following'
import { type Push, readPush } from './push'
import { commitsOfRelease } from './release-commits'
import { reviewRelease } from './review-release'

const laterLooks = 5
const lookAgainMs = 2_000

/**
 * Auto on commit (policy 1.2): Dev is brought to the commit, its release is made, its Dev→Test ticket opened, its evidence gathered.
 * Each step does nothing when it has been done, so that the work may be begun anew at any point.
 */
export async function followPush(sources: Sources, payload: unknown): Promise<Ending> {
  const reading = readPush(payload)
  if (reading.kind === 'ignored') return ignored(reading.because)
  const { push } = reading
  const project = await projectFollowing(sources.db, push.repository, push.branch)
  if (!project) return noProject(push.repository, push.branch)
  const head = await headNow(sources, push)
  if (head === null) return ignored(`The branch ${push.branch} is gone.`)
  return head === push.after ? followCommit(sources, project, push) : superseded(push, head)
}

/** The same for a commit that is known to be the branch's head. */
export async function followCommit(sources: Sources, project: FollowingProject, push: Push): Promise<Ending> {
  const ctx = { actor: portal, db: sources.db }
  const where = { projectId_commit: { projectId: project.id, commit: push.after } }
  const known = await sources.db.release.findUnique({ where, select: { id: true, number: true } })
  const made =
    known && !push.forced
      ? { releaseId: known.id, number: known.number, isNew: false }
      : await readAndRelease(sources, ctx, project, push)
  if ('state' in made) return made
  const gone = await followForced(sources, project, push)
  const ticket = await ensureTicket(ctx, project.id, made.releaseId)
  await ensureConvention(ctx, project.id, made.releaseId)
  await reviewRelease(sources, { project, repository: push.repository }, made.releaseId)
  const what = made.isNew ? 'was made' : 'is there already'
  return handled(`Release ${made.number} of commit ${shortSha(push.after)} ${what}. ${ticket} ${gone}`.trim())
}

const superseded = (push: Push, head: string) =>
  ignored(`Superseded: ${push.branch} is at ${shortSha(head)} by now, not at ${shortSha(push.after)}.`)

/** The branch's head as the provider has it. Where that still is the commit before the push, the provider may be late with its own news. */
async function headNow({ gitHub }: Sources, push: Push): Promise<string | null> {
  for (let looks = 0; ; looks += 1) {
    const head = await gitHub.branchHead(push.repository, push.branch)
    const isBefore = head === push.before && head !== push.after
    if (!isBefore || looks >= laterLooks) return head
    await pause(lookAgainMs)
  }
}

async function readAndRelease(
  sources: Sources,
  ctx: Context,
  project: FollowingProject,
  push: Push,
): Promise<MadeRelease | Ending> {
  const { db, gitHub, fabric } = sources
  const dev = await db.environment.findUnique({ where: { projectId_tier: { projectId: project.id, tier: 'dev' } } })
  if (!dev) return failed(`${project.name} has no Dev workspace: link one in Settings, then let GitHub deliver again.`)
  const headOf = () => gitHub.branchHead(push.repository, push.branch)
  const reading = await bringDevTo(fabric, dev.workspaceId, push.after, async () => (await headOf()) === push.after)
  if (reading.kind === 'superseded') return superseded(push, (await headOf()) ?? 'no commit')
  if (reading.kind === 'uncommitted') {
    const items = reading.items.slice(0, 10).join(', ')
    return failed(
      `${dev.workspaceName} holds edits that are in no commit: ${items}. Commit or undo them in Fabric, then let GitHub deliver again.`,
    )
  }
  const previous = await db.release.findFirst({
    where: { projectId: project.id, commit: { not: push.after } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { commit: true },
  })
  const commits = await commitsOfRelease(gitHub, push, previous?.commit ?? null)
  const release = {
    projectId: project.id,
    commit: push.after,
    branch: push.branch,
    snapshot: reading.snapshot,
    commits,
  }
  return accepted(await makeRelease(ctx, release))
}

/** One ticket for each release, even when it has been cancelled or closed since. */
async function ensureTicket({ db, actor }: Context, projectId: string, releaseId: string): Promise<string> {
  const opened = await withTransaction(db, async (tx, now) => {
    await lockHops(tx, projectId, 'dev-test')
    const earlier = await tx.ticket.findFirst({ where: { releaseId, hop: { hop: 'dev-test' } } })
    return earlier ? ok({ number: earlier.number }) : openTicket(tx, now, actor, { releaseId, hop: 'dev-test' })
  })
  return opened.ok ? `Its ticket is ${ticketNumber(opened.value.number)}.` : `No ticket: ${opened.refusal.message}`
}

async function ensureConvention(ctx: Context, projectId: string, releaseId: string): Promise<void> {
  const release = await ctx.db.release.findUniqueOrThrow({ where: { id: releaseId }, include: { commits: true } })
  const criterion = 'commit-convention'
  const known = await ctx.db.evidence.count({ where: { projectId, commit: release.commit, criterion } })
  if (known > 0) return
  const evidence = { projectId, commit: release.commit, criterion, ...conventionEvidence(release.commits) }
  accepted(await recordEvidence(ctx, evidence))
}

/** The portal itself is refused nothing that people are; a refusal here is a defect. */
function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
