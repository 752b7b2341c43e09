import { authoriseRoles } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result } from '@/lib/kernel/result'
import { notesAsMarkdown, releaseNotes } from '../notes'
import { monthPrefix, nextNumber } from '../number'
import { releaseTitle } from '../release-title'
import type { Snapshot } from '../snapshot'
import { storeSnapshot } from '../store-snapshot'

export type ReleasedCommit = {
  readonly sha: string
  readonly message: string
  readonly authorName: string
  readonly authorEmail: string
  readonly committedAt: Date
  readonly isMerge: boolean
  /** What is wrong with its message; empty when it keeps the convention. */
  readonly problems: readonly string[]
}

export type ReleaseToMake = {
  readonly projectId: string
  readonly commit: string
  readonly branch: string
  readonly snapshot: Snapshot
  /** Oldest first; the last one is `commit`. */
  readonly commits: readonly ReleasedCommit[]
}

export type MadeRelease = { readonly releaseId: string; readonly number: string; readonly isNew: boolean }

/** Makes the release of a commit from what Dev holds; a commit that has one already gets no second. */
export async function makeRelease(ctx: Context, input: ReleaseToMake): Promise<Result<MadeRelease>> {
  const { projectId, commit, branch, snapshot } = input
  const about = { name: 'make a release', projectId }
  return command<MadeRelease>(ctx, about, async (tx, now) => {
    const may = await authoriseRoles(tx, ctx.actor, projectId, [], about.name)
    if (!may.ok) return may
    await tx.$queryRaw`SELECT id FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const known = await tx.release.findUnique({ where: { projectId_commit: { projectId, commit } } })
    if (known) return ok({ releaseId: known.id, number: known.number, isNew: false })
    const stored = await storeSnapshot(tx, { projectId, purpose: 'release', snapshot, takenAt: now })
    const id = newId()
    const number = await numberFor(tx, projectId, now)
    const commits = input.commits.map(storable)
    const title = releaseTitle(commits)
    const notes = notesAsMarkdown(releaseNotes(commits.filter(one => !one.isMerge)))
    const { id: snapshotId, digest } = stored
    await tx.release.create({
      data: { id, projectId, number, title, digest, snapshotId, commit, branch, notes, createdAt: now },
    })
    await tx.releaseCommit.createMany({
      data: commits.map((one, position) => ({ ...one, problems: [...one.problems], releaseId: id, position })),
    })
    const items = snapshot.items.length
    const details = { number, title, commit, branch, digest, items, commits: commits.length }
    await record(tx, ctx.actor, { action: 'release.made', projectId, details })
    return ok({ releaseId: id, number, isNew: true })
  })
}

async function numberFor(tx: Tx, projectId: string, now: Date): Promise<string> {
  const { zone } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { zone: true } })
  const given = await tx.release.findMany({
    where: { projectId, number: { startsWith: monthPrefix(now, zone) } },
    select: { number: true },
  })
  return nextNumber(
    now,
    zone,
    given.map(release => release.number),
  )
}

/** Postgres takes neither NUL nor half a surrogate pair. */
const storable = (commit: ReleasedCommit): ReleasedCommit => ({
  ...commit,
  message: plain(commit.message),
  authorName: plain(commit.authorName),
  authorEmail: plain(commit.authorEmail),
})
const plain = (text: string) => text.replaceAll('\0', '').toWellFormed()
