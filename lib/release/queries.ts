import { inReadable, readableProjects } from '@/lib/access/authorise'
import type { Context } from '@/lib/db/context'

/** The place in a list after which it goes on: newest first, by the instant and then the id. */
export type ReleaseKey = { readonly createdAt: Date; readonly id: string }

export type ReleaseRow = ReleaseKey & {
  readonly number: string
  readonly title: string
  readonly digest: string
  readonly commit: string
  readonly branch: string
  readonly project: { readonly id: string; readonly slug: string; readonly name: string; readonly zone: string }
  /** The tiers that hold it now. */
  readonly deployedTo: readonly string[]
}

const row = {
  id: true,
  number: true,
  title: true,
  digest: true,
  commit: true,
  branch: true,
  createdAt: true,
  project: { select: { id: true, slug: true, name: true, zone: true } },
  environments: { select: { tier: true } },
} as const

export type ReleasesAsked = { readonly projectId?: string; readonly after?: ReleaseKey | null; readonly limit: number }

/** A page of the releases that the actor may read, newest first; `next` is null on the last one. */
export async function listReleases(
  ctx: Context,
  { projectId, after, limit }: ReleasesAsked,
): Promise<{ readonly releases: readonly ReleaseRow[]; readonly next: ReleaseKey | null }> {
  const readable = await readableProjects(ctx.db, ctx.actor)
  const found = await ctx.db.release.findMany({
    where: {
      AND: [
        { projectId: inReadable(readable) },
        projectId === undefined ? {} : { projectId },
        after
          ? {
              createdAt: { lte: after.createdAt },
              OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
            }
          : {},
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: row,
  })
  const releases = found.slice(0, limit).map(({ environments, ...release }) => ({
    ...release,
    deployedTo: environments.map(environment => environment.tier),
  }))
  const last = releases.at(-1)
  return { releases, next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null }
}

/** One release with its commits and tickets; null when there is none of that number for the actor. */
export async function getRelease(ctx: Context, slug: string, number: string) {
  const readable = await readableProjects(ctx.db, ctx.actor)
  return ctx.db.release.findFirst({
    where: { number, project: { slug }, projectId: inReadable(readable) },
    select: {
      ...row,
      notes: true,
      snapshotId: true,
      commits: { orderBy: { position: 'asc' } },
      tickets: {
        orderBy: { createdAt: 'asc' },
        select: { id: true, number: true, status: true, step: true, outcome: true, hop: { select: { hop: true } } },
      },
    },
  })
}
