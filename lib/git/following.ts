import type { Db } from '@/lib/db/client'
import type { Fabric } from '@/lib/fabric/fabric'
import type { GitHub } from './github'
import type { Repository } from './github-answers'

/** What work on a delivery reads from and writes to. */
export type Sources = { readonly db: Db; readonly gitHub: GitHub; readonly fabric: Fabric }

/** How a delivery ended, with the sentence that is kept with it. */
export type Ending = { readonly state: 'handled' | 'ignored' | 'failed'; readonly outcome: string }

export const handled = (outcome: string): Ending => ({ state: 'handled', outcome })
export const ignored = (outcome: string): Ending => ({ state: 'ignored', outcome })
export const failed = (outcome: string): Ending => ({ state: 'failed', outcome })

export type FollowingProject = { readonly id: string; readonly name: string; readonly branch: string }

/** The project that follows exactly this branch; null when none does. GitHub takes the names of owners and repositories in any case. */
export async function projectFollowing(
  db: Db,
  repository: Repository,
  branch: string,
): Promise<FollowingProject | null> {
  const projects = await db.project.findMany({
    where: { repositoryProvider: 'github', repositoryBranch: branch },
    select: { id: true, name: true, repositoryOwner: true, repositoryName: true },
  })
  const found = projects.find(
    one => isSameName(one.repositoryOwner, repository.owner) && isSameName(one.repositoryName, repository.name),
  )
  return found ? { id: found.id, name: found.name, branch } : null
}

export const noProject = ({ owner, name }: Repository, branch: string): Ending =>
  ignored(`No project follows the branch ${branch} of ${owner}/${name}.`)

const isSameName = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase()
export const shortSha = (sha: string): string => sha.slice(0, 7)
