import { recordEvidence } from '@/lib/gate/commands/record-evidence'
import { portal } from '@/lib/kernel/context'
import { voidVanished } from './commands/void-vanished'
import { type FollowingProject, type Sources, shortSha } from './following'
import { type Push, subjectOf } from './push'

const mostNamed = 5

/**
 * What a forced push took off the branch loses its sign-offs, and its Dev→Test gate is shut. Gives the sentence that names the commits;
 * empty when the push took none away.
 */
export async function followForced(sources: Sources, project: FollowingProject, push: Push): Promise<string> {
  if (!push.forced || push.before === null) return ''
  const { db, gitHub } = sources
  const gone = (await gitHub.commitsBetween(push.repository, push.after, push.before)) ?? []
  if (gone.length === 0) return ''
  const ctx = { actor: portal, db }
  const commits = gone.map(commit => commit.sha)
  const voided = await voidVanished(ctx, { projectId: project.id, branch: push.branch, commits })
  if (!voided.ok) throw new Error(voided.refusal.message)
  const summary = `This commit is no longer on ${push.branch}: the branch was moved by force.`
  for (const commit of voided.value) {
    const shut = { projectId: project.id, commit, criterion: 'code-review', outcome: 'fail', summary } as const
    const recorded = await recordEvidence(ctx, shut)
    if (!recorded.ok) throw new Error(recorded.refusal.message)
  }
  const named = gone.slice(-mostNamed).map(commit => `${shortSha(commit.sha)} ${subjectOf(commit.message)}`)
  return `No longer on ${push.branch}, which was moved by force: ${gone.length} commits (${named.join('; ')}).`
}
