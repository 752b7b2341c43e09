import { followCommit } from './follow-push'
import { type Ending, type FollowingProject, failed, type Sources } from './following'
import type { Repository } from './github-answers'

export type Caught = { readonly project: string; readonly ending: Ending }

/**
 * Looks whether a branch has moved on without a delivery: a provider does not send again by itself. Only projects that have made a release
 * are followed like this; the first one takes a push. For a schedule; a project that fails does not keep the others.
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
    const ending = await followHead(sources, { id, name, branch }, repository).catch((cause: unknown) =>
      failed(cause instanceof Error ? cause.message : String(cause)),
    )
    if (ending) caught.push({ project: name, ending })
  }
  return caught
}

async function followHead(sources: Sources, project: FollowingProject, repository: Repository): Promise<Ending | null> {
  const { id: projectId, branch } = project
  const commit = await sources.gitHub.branchHead(repository, branch)
  if (commit === null) return null
  const known = await sources.db.release.count({ where: { projectId, commit } })
  if (known > 0) return null
  const push = { repository, branch, before: null, after: commit, forced: false, commits: [] }
  return followCommit(sources, project, push)
}
