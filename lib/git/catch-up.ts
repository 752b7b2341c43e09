import { followCommit } from './follow-push'
import type { Ending, Sources } from './following'

export type Caught = { readonly project: string; readonly commit: string; readonly ending: Ending }

/**
 * Looks whether a branch has moved on without a delivery: a provider does not send again by itself. Only projects that have made a release
 * are followed like this; the first one takes a push. For a schedule; does nothing when all is known.
 */
export async function catchUp(sources: Sources): Promise<readonly Caught[]> {
  const projects = await sources.db.project.findMany({
    where: { repositoryProvider: 'github', releases: { some: {} } },
    select: { id: true, name: true, repositoryOwner: true, repositoryName: true, repositoryBranch: true },
  })
  const caught: Caught[] = []
  for (const { id, name, repositoryOwner, repositoryName, repositoryBranch: branch } of projects) {
    if (repositoryOwner === null || repositoryName === null || branch === null) continue
    const repository = { owner: repositoryOwner, name: repositoryName }
    const commit = await sources.gitHub.branchHead(repository, branch)
    if (commit === null) continue
    const known = await sources.db.release.count({ where: { projectId: id, commit } })
    if (known > 0) continue
    const push = { repository, branch, before: null, after: commit, forced: false, commits: [] }
    caught.push({ project: name, commit, ending: await followCommit(sources, { id, name, branch }, push) })
  }
  return caught
}
