import { authorise, inReadable, readableProjects } from '@/lib/access/authorise'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import type { Refusal } from '@/lib/kernel/refusal'
import type { Result } from '@/lib/kernel/result'
import { decideLink, type FabricWorkspace, type Link, type WorkspaceDirectory } from './link'
import { isTier, type Tier, tiers } from './tier'

export type EnvironmentView = {
  readonly id: string
  readonly tier: Tier
  readonly workspaceId: string
  readonly workspaceName: string
  readonly purpose: string
  readonly dataClass: string
  readonly access: string
  readonly linkedAt: Date
}

export type ProjectView = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly environments: readonly EnvironmentView[]
}

export type Candidate = { readonly workspace: FabricWorkspace; readonly verdict: ReturnType<typeof decideLink> }

export type LinkView = ProjectView & {
  readonly candidates: Result<readonly Candidate[]>
  /** Why the actor may not link; null when they may. */
  readonly refusal: Refusal | null
}

const withEnvironments = { environments: true } as const

/** Every workspace that is an environment, whatever its project: a workspace is linked once. */
export async function listLinks(tx: Pick<Tx, 'environment'>): Promise<readonly Link[]> {
  const rows = await tx.environment.findMany({
    select: { workspaceId: true, tier: true, project: { select: { name: true } } },
  })
  return rows.flatMap(({ workspaceId, tier, project }) =>
    isTier(tier) ? [{ workspaceId, tier, projectName: project.name }] : [],
  )
}

/** The projects that the actor may read, by name, with their environments from Dev to Prod. */
export async function listProjects({ actor, db }: Context): Promise<readonly ProjectView[]> {
  const id = inReadable(await readableProjects(db, actor))
  const rows = await db.project.findMany({
    where: { id },
    include: withEnvironments,
    orderBy: { name: 'asc' },
    take: 200,
  })
  return rows.map(viewOf)
}

/** One project and the workspaces in Fabric, each with whether it fits here; null when the actor may not read it. */
export async function getLinks(
  { actor, db }: Context,
  slug: string,
  directory: WorkspaceDirectory,
): Promise<LinkView | null> {
  const id = inReadable(await readableProjects(db, actor))
  const row = await db.project.findFirst({ where: { slug, id }, include: withEnvironments })
  if (!row) return null
  const [allowed, links, found] = await Promise.all([
    authorise(db, actor, row.id, 'link-environments', 'link workspaces'),
    listLinks(db),
    directory.list(),
  ])
  const candidates = found.ok ? { ...found, value: judge(found.value, row.name, links) } : found
  return { ...viewOf(row), candidates, refusal: allowed.ok ? null : allowed.refusal }
}

/** What fits comes first, then what bears the project's name, then the rest by name. */
function judge(found: readonly FabricWorkspace[], projectName: string, links: readonly Link[]): readonly Candidate[] {
  const rank = ({ workspace, verdict }: Candidate) =>
    verdict.ok ? tiers.indexOf(verdict.value.tier) : workspace.name.startsWith(projectName) ? 10 : 11
  return found
    .map(workspace => ({ workspace, verdict: decideLink(workspace, projectName, links) }))
    .sort((a, b) => rank(a) - rank(b) || (a.workspace.name < b.workspace.name ? -1 : 1))
}

type Row = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly environments: readonly (Omit<EnvironmentView, 'tier'> & { readonly tier: string })[]
}

function viewOf({ id, slug, name, environments }: Row): ProjectView {
  const own = environments.flatMap(({ tier, ...row }) => (isTier(tier) ? [{ ...row, tier }] : []))
  return { id, slug, name, environments: own.sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier)) }
}
