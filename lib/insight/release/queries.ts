import { authorise } from '@/lib/access/authorise'
import type { Ability } from '@/lib/access/roles'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { type Tier, tierFacts } from '@/lib/environment/tier'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { loadChanged, loadItem } from '@/lib/release/changes/queries'
import { contentChange, diffSnapshots, type ItemChange } from '@/lib/release/diff'
import { type NoteBlock, noteBlocks } from '@/lib/release/note-blocks'
import { itemPatches, type PartPatch } from '@/lib/release/patch'
import { getRelease } from '@/lib/release/queries'
import { listOpenTickets } from '../queries'
import type { Place } from '../where/place'
import { findWhere } from '../where/queries'
import { nextHop } from './next-hop'

export type CommitView = {
  readonly sha: string
  readonly subject: string
  readonly author: string
  readonly at: Date
  readonly isMerge: boolean
  readonly problems: readonly string[]
}

export type ReleaseView = {
  readonly now: Date
  readonly id: string
  readonly project: { readonly name: string; readonly slug: string; readonly zone: string }
  readonly number: string
  readonly title: string
  readonly commit: string
  readonly branch: string
  readonly digest: string
  readonly createdAt: Date
  readonly authors: readonly string[]
  readonly notes: readonly NoteBlock[]
  readonly commits: readonly CommitView[]
  readonly places: Readonly<Record<Tier, Place | null>>
  readonly tickets: readonly {
    readonly number: string
    readonly href: string
    readonly hop: Hop
    readonly status: string
  }[]
  /** The release it is compared with; null when it is the first. */
  readonly against: string | null
  readonly choices: readonly string[]
  readonly changes: readonly ItemChange[]
  /** The next hop that it can go, and whether the actor may open the ticket; null when there is none to open. */
  readonly next: { readonly hop: Hop; readonly into: string; readonly because: string | null } | null
}

/** A release with what changed against the one before it, or against the chosen one; null when the actor may not read it. */
export async function getReleaseView(
  ctx: Context,
  slug: string,
  number: string,
  chosen: string | null,
): Promise<ReleaseView | null> {
  const release = await getRelease(ctx, slug, number)
  if (!release) return null
  const { db, actor } = ctx
  const others = await comparable(db, release, chosen)
  const { against } = others
  const { before, after } = await loadChanged(db, against?.snapshotId ?? null, release.snapshotId)
  const open = await listOpenTickets(ctx, release.project.id)
  const places = (await findWhere(db, release.project.id, [release.id])).placesOf(release.id, open.tickets)
  const openHops = open.tickets.filter(one => one.releaseId === release.id).map(one => one.facts.hop)
  const hop = nextHop(places, openHops)
  const into = hop ? tierFacts[hopEnds[hop].target].label : ''
  const may = hop
    ? await authorise(db, actor, release.project.id, `promote-${hop}` satisfies Ability, `open a ticket to ${into}`)
    : null
  const { id, title, commit, branch, digest, createdAt } = release
  return {
    ...{ now: open.now, id, number, title, commit, branch, digest, createdAt, places },
    project: release.project,
    authors: [...new Set(release.commits.map(one => one.authorName))],
    notes: noteBlocks(release.notes),
    commits: release.commits.map(one => ({
      ...{ sha: one.sha, subject: one.message.trim().split(/\r?\n/, 1)[0] ?? '', author: one.authorName },
      ...{ at: one.committedAt, isMerge: one.isMerge, problems: one.problems },
    })),
    tickets: release.tickets.map(one => ({
      ...{ number: ticketNumber(one.number), href: `/tickets/${ticketNumber(one.number)}`, hop: one.hop.hop as Hop },
      status: one.status === 'open' ? 'open' : (one.outcome ?? one.status),
    })),
    against: against?.number ?? null,
    choices: others.choices,
    changes: diffSnapshots(before, after),
    next: hop && may ? { hop, into, because: may.ok ? null : may.refusal.message } : null,
  }
}

type Compared = { readonly id: string; readonly createdAt: Date; readonly project: { readonly id: string } }

/** The release to compare with: the chosen one, or else the one before; and some to choose from. */
async function comparable(tx: Tx, { id, createdAt, project }: Compared, chosen: string | null) {
  const order = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
  const own = { projectId: project.id, id: { not: id } }
  const before = { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
  const earlier = await tx.release.findFirst({ where: { AND: [own, before] }, orderBy: order })
  const named = chosen === null ? null : await tx.release.findFirst({ where: { ...own, number: chosen } })
  const recent = await tx.release.findMany({ where: own, orderBy: order, take: 20, select: { number: true } })
  return { against: named ?? earlier, choices: recent.map(one => one.number) }
}

export type ItemView = {
  readonly project: { readonly name: string; readonly slug: string }
  readonly number: string
  readonly against: string | null
  readonly type: string
  readonly name: string
  readonly sentences: readonly string[]
  readonly parts: readonly PartPatch[]
}

/** The bytes behind the change of one item, named by its object id in either release; null when there is none. */
export async function getItemChange(
  ctx: Context,
  asked: { readonly slug: string; readonly number: string; readonly objectId: string; readonly against: string | null },
): Promise<ItemView | null> {
  const release = await getRelease(ctx, asked.slug, asked.number)
  if (!release) return null
  const { against } = await comparable(ctx.db, release, asked.against)
  const wanted = { objectId: asked.objectId }
  const known = await loadItem(ctx.db, release.snapshotId, wanted)
  const gone = known || !against ? null : await loadItem(ctx.db, against.snapshotId, wanted)
  const item = known ?? gone
  if (!item) return null
  const named = { type: item.type, name: item.name }
  const before = !known
    ? gone
    : against &&
      ((await loadItem(ctx.db, against.snapshotId, wanted)) ?? (await loadItem(ctx.db, against.snapshotId, named)))
  const change = before && known ? contentChange(before, known).sentences : [known ? 'added' : 'removed']
  return {
    ...{ project: release.project, number: release.number, against: against?.number ?? null, ...named },
    sentences: change,
    parts: itemPatches(before ?? null, known),
  }
}
