import type { Author } from '../git/import'
import { noCommit } from '../git/repositories'
import { deliver } from './deliver'
import { changedFiles, type GitCommit, isAncestor, listCommits, readCommit, readCommits } from './history'
import type { Hub, Place } from './hub'
import { loginOf, repositoryOf, userOf, webAddress } from './payloads'
import type { Delivery, Pushed, Webhook } from './store'

const mostCommits = 2_048

/** Remembers a push and tells the webhook of it. */
export async function announce(
  hub: Hub,
  place: Place,
  pushed: Pushed,
  pusher: Author,
  other: Webhook | null = null,
): Promise<Delivery | null> {
  hub.store.addPush(place.fullName, pushed)
  return deliver(hub, place, 'push', await pushPayload(hub, place, pushed, pusher), other)
}

async function pushPayload(hub: Hub, place: Place, { branch, before, after }: Pushed, pusher: Author) {
  const { directory } = place
  const [created, deleted] = [before === noCommit, after === noCommit]
  const forced = !created && !deleted && !(await isAncestor(directory, before, after))
  const range = created && branch !== place.defaultBranch ? [after, `^${place.defaultBranch}`] : [after]
  const commits = deleted ? [] : await readCommits(directory, created ? range : [after, `^${before}`], mostCommits)
  const described = await Promise.all(commits.reverse().map(commit => pushedCommit(hub, place, commit)))
  const newest = described.find(commit => commit.id === after)
  const head = deleted ? null : (newest ?? (await pushedCommit(hub, place, await readCommit(directory, after))))
  const repository = repositoryOf(hub, place)
  const now = Math.floor(Date.now() / 1000)
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    repository: { ...repository, created_at: 1_750_000_000, pushed_at: now },
    pusher: { name: loginOf(pusher.email), email: pusher.email },
    sender: userOf(hub, loginOf(pusher.email)),
    created,
    deleted,
    forced,
    base_ref: null,
    compare: `${webAddress(hub, place)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: described,
    head_commit: head,
  }
}

async function pushedCommit(hub: Hub, place: Place, commit: GitCommit) {
  const files = await changedFiles(place.directory, null, commit.sha)
  const paths = (status: string) => files.filter(file => file.status === status).map(file => file.path)
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committedAt.replace(/Z$/, '+00:00'),
    url: `${webAddress(hub, place)}/commit/${commit.sha}`,
    author: { ...commit.author, username: loginOf(commit.author.email) },
    committer: { ...commit.committer, username: loginOf(commit.committer.email) },
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  }
}

/** The commits that came with the push that brought `commit`, up to it. */
export async function commitsPushedWith(hub: Hub, place: Place, commit: string): Promise<string[]> {
  for (const { before, after } of [...hub.store.read(place.fullName).pushes].reverse()) {
    if (before === noCommit || after === noCommit) continue
    const pushed = await listCommits(place.directory, [after, `^${before}`])
    if (pushed.includes(commit)) return pushed.slice(0, pushed.indexOf(commit) + 1)
  }
  return [commit]
}
