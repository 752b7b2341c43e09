import { inReadable, readableProjects } from '@/lib/access/authorise'
import type { Context } from '@/lib/db/context'
import type { Tier } from '@/lib/environment/tier'

export type ProjectRow = {
  readonly name: string
  readonly href: string
  readonly zone: string
  readonly openTickets: number
  readonly tiers: Readonly<Record<Tier, string | null>>
}

/** The projects that the actor may read, by name, with the release in each tier. */
export async function listProjectRows({ actor, db }: Context): Promise<readonly ProjectRow[]> {
  const id = inReadable(await readableProjects(db, actor))
  const projects = await db.project.findMany({
    where: { id },
    orderBy: { name: 'asc' },
    take: 200,
    select: {
      ...{ id: true, name: true, slug: true, zone: true },
      environments: { select: { tier: true, deployedRelease: { select: { number: true } } } },
      _count: { select: { tickets: { where: { status: 'open' } } } },
    },
  })
  const newest = await db.$queryRaw<{ projectId: string; number: string }[]>`SELECT p.id AS "projectId", r.number
    FROM project p CROSS JOIN LATERAL (SELECT number FROM release WHERE project_id = p.id
      ORDER BY created_at DESC, id DESC LIMIT 1) r WHERE p.id = ANY(${projects.map(one => one.id)}::uuid[])`
  const newestOf = new Map(newest.map(row => [row.projectId, row.number]))
  return projects.map(project => {
    const linked = new Map(project.environments.map(row => [row.tier, row.deployedRelease?.number ?? null]))
    const numberIn = (tier: Tier) =>
      tier === 'dev' && linked.has('dev') ? (newestOf.get(project.id) ?? null) : (linked.get(tier) ?? null)
    return {
      ...{ name: project.name, href: `/projects/${project.slug}`, zone: project.zone },
      openTickets: project._count.tickets,
      tiers: { dev: numberIn('dev'), test: numberIn('test'), uat: numberIn('uat'), prod: numberIn('prod') },
    }
  })
}
