import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db/client'
import type { Context } from '@/lib/db/context'
import { lockHops } from '@/lib/db/lock-hops'
import { decideLink, type FabricWorkspace, type WorkspaceDirectory } from '@/lib/environment/link'
import { listLinks } from '@/lib/environment/queries'
import { type Tier, tierFacts } from '@/lib/environment/tier'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'

export const linkEnvironmentSchema = z.object({
  projectId: z.uuid('Choose a project.'),
  workspaceId: z.guid('Choose a workspace.'),
})
export type LinkEnvironment = z.output<typeof linkEnvironmentSchema>
export type LinkedEnvironment = { environmentId: string; tier: Tier; workspaceName: string }

/** Makes a workspace of Fabric an environment of a project, as the tier that its name says. Fabric is read before anything is written. */
export async function linkEnvironment(
  ctx: Context,
  { projectId, workspaceId }: LinkEnvironment,
  directory: WorkspaceDirectory,
): Promise<Result<LinkedEnvironment>> {
  const about = { name: 'link a workspace', projectId }
  const may = (tx: Tx) => authorise(tx, ctx.actor, projectId, 'link-environments', 'link a workspace')
  const allowed = await command(ctx, about, may)
  if (!allowed.ok) return allowed
  const read = await directory.get(workspaceId)
  if (!read.ok) return read
  return command(ctx, about, async (tx, now) => {
    const still = await may(tx)
    if (!still.ok) return still
    await lockHops(tx, projectId)
    return write(tx, ctx, projectId, read.value, now)
  })
}

async function write(
  tx: Tx,
  { actor }: Context,
  projectId: string,
  workspace: FabricWorkspace,
  now: Date,
): Promise<Result<LinkedEnvironment>> {
  const project = await tx.project.findUnique({ where: { id: projectId } })
  if (!project) return refuse('not-found', 'There is no such project.')
  const fits = decideLink(workspace, project.name, await listLinks(tx))
  if (!fits.ok) return fits
  const { tier } = fits.value
  const { purpose, data: dataClass, access, label } = tierFacts[tier]
  const id = newId(now)
  const { id: workspaceId, name: workspaceName, capacityId } = workspace
  const told = { workspaceId, workspaceName, capacityId, purpose, dataClass, access }
  const { count } = await tx.environment.createMany({
    data: { id, projectId, tier, linkedAt: now, ...told },
    skipDuplicates: true,
  })
  if (count === 0) return refuse('conflict', `${workspaceName} has just been linked by somebody else.`)
  await record(tx, actor, { action: 'environment.linked', projectId, details: { tier: label, ...told } })
  return ok({ environmentId: id, tier, workspaceName })
}
