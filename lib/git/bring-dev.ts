import { hasErrorCode, isAmbiguous } from '@/lib/fabric/errors'
import type { Fabric } from '@/lib/fabric/fabric'
import { getGitStatus, updateFromGit } from '@/lib/fabric/git'
import { readWorkspace } from '@/lib/fabric/read-workspace'
import type { GitStatus } from '@/lib/fabric/schemas'
import { pause } from '@/lib/fabric/time'
import type { Snapshot } from '@/lib/release/snapshot'

export type DevReading =
  | { readonly kind: 'read'; readonly snapshot: Snapshot }
  /** The branch has moved on meanwhile. */
  | { readonly kind: 'superseded' }
  /** Dev holds edits that no commit has, so that its content is not the commit's. */
  | { readonly kind: 'uncommitted'; readonly items: readonly string[] }

const mostTries = 20

/**
 * Brings the Dev workspace to a commit, the head of its branch, and reads it. What is read is the commit's: the workspace stands at it
 * after the reading too, without edits of its own. Safe to repeat: a workspace that stands there already is not written to.
 */
export async function bringDevTo(
  fabric: Fabric,
  workspaceId: string,
  commit: string,
  isHead: () => Promise<boolean>,
): Promise<DevReading> {
  for (let tries = 1; ; tries += 1) {
    const status = await getGitStatus(fabric, workspaceId)
    const isThere = status.workspaceHead === commit
    if (isThere && !hasIncoming(status)) break
    if (!(await isHead())) return { kind: 'superseded' }
    if (status.remoteCommitHash === commit && (await update(fabric, workspaceId, status))) continue
    if (tries >= mostTries) throw new Error(`Dev did not come to the commit ${commit} in ${mostTries} tries`)
    await pause(fabric.patience.usualPollMs)
  }
  const snapshot = await readWorkspace(fabric, workspaceId)
  const after = await getGitStatus(fabric, workspaceId)
  if (after.workspaceHead !== commit) return { kind: 'superseded' }
  const items = after.changes.filter(change => change.workspaceChange).map(nameOf)
  return items.length > 0 ? { kind: 'uncommitted', items } : { kind: 'read', snapshot }
}

/** False when another update runs, has just ended, or may have: the status has to be read again. */
async function update(fabric: Fabric, workspaceId: string, status: GitStatus): Promise<boolean> {
  try {
    await updateFromGit(fabric, workspaceId, {
      workspaceHead: status.workspaceHead ?? null,
      remoteCommitHash: status.remoteCommitHash,
      onConflict: 'PreferRemote',
      allowOverrideItems: true,
    })
    return true
  } catch (error) {
    const isBusy = hasErrorCode(error, 'WorkspacePreviousOperationInProgress', 'WorkspaceHeadMismatch')
    if (isBusy || isAmbiguous(error)) return false
    throw error
  }
}

const hasIncoming = (status: GitStatus) => status.changes.some(change => change.remoteChange)

const nameOf = ({ itemMetadata }: GitStatus['changes'][number]) =>
  `${itemMetadata.itemType ?? 'Item'} ${itemMetadata.displayName ?? ''}`.trim()
