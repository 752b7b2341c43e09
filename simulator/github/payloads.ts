import { createHash } from 'node:crypto'
import type { GitCommit } from './history'
import type { Hub, Place } from './hub'
import type { PullRequest, Review } from './store'

/** A number that belongs to a name and never changes. */
const numberOf = (name: string) => createHash('sha256').update(name).digest().readUIntBE(0, 4)

export const loginOf = (email: string) =>
  (email.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'unknown'

/** GitHub's REST times have no fraction. */
export const seconds = (instant: string) => `${new Date(instant).toISOString().slice(0, 19)}Z`

export function userOf(hub: Hub, login: string) {
  const html_url = `${hub.baseUrl}/github/${login}`
  return { login, id: numberOf(`user:${login}`), node_id: `U_${login}`, html_url, type: 'User', site_admin: false }
}

export const webAddress = (hub: Hub, place: Place) => `${hub.baseUrl}/github/${place.fullName}`
export const apiAddress = (hub: Hub, place: Place) => `${hub.baseUrl}/github/repos/${place.fullName}`

export function repositoryOf(hub: Hub, place: Place) {
  const { owner, name, fullName, defaultBranch } = place
  return {
    id: numberOf(fullName),
    node_id: `R_${numberOf(fullName)}`,
    name,
    full_name: fullName,
    private: true,
    owner: { ...userOf(hub, owner), name: owner, type: 'Organization' },
    html_url: webAddress(hub, place),
    description: null,
    fork: false,
    url: apiAddress(hub, place),
    clone_url: `${hub.baseUrl}/git/${fullName}.git`,
    git_url: `${hub.baseUrl}/git/${fullName}.git`,
    default_branch: defaultBranch,
    master_branch: defaultBranch,
    visibility: 'private',
    archived: false,
    disabled: false,
  }
}

export function commitOf(hub: Hub, place: Place, commit: GitCommit) {
  const { sha, tree, message, author, committer } = commit
  const url = `${apiAddress(hub, place)}/commits/${sha}`
  return {
    sha,
    node_id: `C_${sha}`,
    commit: {
      author: { ...author, date: seconds(commit.authoredAt) },
      committer: { ...committer, date: seconds(commit.committedAt) },
      message,
      tree: { sha: tree, url: `${apiAddress(hub, place)}/git/trees/${tree}` },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null },
    },
    url,
    html_url: `${webAddress(hub, place)}/commit/${sha}`,
    author: userOf(hub, loginOf(author.email)),
    committer: userOf(hub, loginOf(committer.email)),
    parents: commit.parents.map(parent => ({ sha: parent, url: `${apiAddress(hub, place)}/commits/${parent}` })),
  }
}

export function pullRequestOf(hub: Hub, place: Place, pull: PullRequest) {
  const url = `${apiAddress(hub, place)}/pulls/${pull.number}`
  const end = (ref: string, sha: string) => ({
    label: `${place.owner}:${ref}`,
    ref,
    sha,
    user: userOf(hub, place.owner),
    repo: repositoryOf(hub, place),
  })
  return {
    id: numberOf(`${place.fullName}#${pull.number}`),
    node_id: `PR_${pull.number}`,
    number: pull.number,
    url,
    html_url: `${webAddress(hub, place)}/pull/${pull.number}`,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userOf(hub, pull.login),
    body: pull.body,
    created_at: seconds(pull.createdAt),
    updated_at: seconds(pull.updatedAt),
    closed_at: pull.state === 'closed' ? seconds(pull.mergedAt ?? pull.updatedAt) : null,
    merged_at: pull.mergedAt && seconds(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    draft: false,
    assignees: [],
    requested_reviewers: [],
    labels: [],
    commits_url: `${url}/commits`,
    head: end(pull.headRef, pull.headSha),
    base: end(pull.baseRef, pull.baseSha),
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    merged: pull.mergedAt !== null,
    commits: pull.commits.length,
  }
}

/** A review; the webhook writes its state in lower case, the REST API in capitals. */
export function reviewOf(hub: Hub, place: Place, pull: PullRequest, review: Review) {
  const pullUrl = `${apiAddress(hub, place)}/pulls/${pull.number}`
  const html_url = `${webAddress(hub, place)}/pull/${pull.number}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userOf(hub, review.login),
    body: review.body,
    state: review.state as string,
    html_url,
    pull_request_url: pullUrl,
    author_association: 'COLLABORATOR',
    _links: { html: { href: html_url }, pull_request: { href: pullUrl } },
    submitted_at: seconds(review.submittedAt),
    commit_id: review.commitId,
  }
}
