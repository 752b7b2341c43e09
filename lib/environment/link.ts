import { ok, type Result, refuse } from '@/lib/kernel/result'
import { parseWorkspaceName, workspaceNameOf } from './naming'
import { type Tier, tierFacts } from './tier'

/** A workspace as Fabric tells of it. */
export type FabricWorkspace = {
  readonly id: string
  readonly name: string
  readonly capacityId: string | null
  /** Whether the portal's service identity may write to it. */
  readonly isWritable: boolean
}

/** Where workspaces are looked up: Fabric. */
export type WorkspaceDirectory = {
  /** Every workspace that the service identity has a role in. */
  list(): Promise<Result<readonly FabricWorkspace[]>>
  /** One of them; refused when Fabric does not know it or hides it from the service identity. */
  get(workspaceId: string): Promise<Result<FabricWorkspace>>
}

/** A workspace that is an environment already. */
export type Link = { readonly workspaceId: string; readonly projectName: string; readonly tier: Tier }

/** Whether a workspace can become an environment of a project (of any, when `projectName` is null), and as which tier. */
export function decideLink(
  workspace: FabricWorkspace,
  projectName: string | null,
  links: readonly Link[],
): Result<{ tier: Tier; projectName: string }> {
  const { id, name } = workspace
  const own = links.find(link => link.workspaceId === id)
  if (own) {
    return refuse('conflict', `${name} is linked already, as ${tierFacts[own.tier].label} of ${own.projectName}.`)
  }
  const named = parseWorkspaceName(name)
  if (!named.ok) {
    const proposal = named.proposal ? ` Rename it to ${named.proposal}, for example.` : ' Rename it in Fabric first.'
    const message = `“${name}” does not follow [Project]-[Domain]-[Environment]: ${named.because}.${proposal}`
    return refuse('invalid', message, { proposal: named.proposal })
  }
  if (!workspace.isWritable) {
    const message = `The portal may only look at ${name}. Give its service identity the role Contributor or higher there.`
    return refuse('invalid', message)
  }
  if (workspace.capacityId === null) {
    return refuse('invalid', `${name} is on no capacity, so Fabric items cannot run there. Assign one in Fabric first.`)
  }
  const { tier } = named
  if (projectName !== null && named.projectName !== projectName) {
    const wanted = workspaceNameOf(projectName, tier)
    return refuse('invalid', `${name} is a workspace of ${named.projectName}; here it would be called ${wanted}.`)
  }
  const taken = links.find(link => link.projectName === named.projectName && link.tier === tier)
  if (taken) return refuse('conflict', `${named.projectName} has a ${tierFacts[tier].label} workspace already.`)
  return ok({ tier, projectName: named.projectName })
}
