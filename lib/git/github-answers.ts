import { z } from 'zod'

export type Repository = { readonly owner: string; readonly name: string }

/** A commit as the provider's API tells of it: with its parents, and whether a bot's account made it. */
export type GitCommit = {
  readonly sha: string
  readonly message: string
  readonly authorName: string
  readonly authorEmail: string
  readonly committedAt: Date
  readonly parents: readonly string[]
  readonly isBot: boolean
}

export type PullRequest = {
  readonly number: number
  readonly title: string
  readonly link: string
  readonly author: string
  readonly base: string
  readonly head: string
  readonly mergeCommit: string | null
}

export type Review = { readonly reviewer: string; readonly state: string; readonly submittedAt: Date }

export const Branch = z.object({ commit: z.object({ sha: z.string() }) })
export const Commit = z
  .object({
    sha: z.string(),
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string(), email: z.string() }).nullish(),
      committer: z.object({ date: z.coerce.date() }).nullish(),
    }),
    author: z.object({ type: z.string().optional() }).nullish(),
    parents: z.array(z.object({ sha: z.string() })),
  })
  .transform(
    ({ sha, commit, author, parents }): GitCommit => ({
      sha,
      message: commit.message,
      authorName: commit.author?.name ?? '',
      authorEmail: commit.author?.email ?? '',
      committedAt: commit.committer?.date ?? new Date(0),
      parents: parents.map(parent => parent.sha),
      isBot: author?.type === 'Bot',
    }),
  )
export const Comparison = z.object({ commits: z.array(Commit) })
export const Pull = z
  .object({
    number: z.number(),
    title: z.string(),
    html_url: z.string(),
    user: z.object({ login: z.string() }).nullish(),
    base: z.object({ ref: z.string() }),
    head: z.object({ sha: z.string() }),
    merged_at: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
  })
  .transform(
    (pull): PullRequest => ({
      number: pull.number,
      title: pull.title,
      link: pull.html_url,
      author: pull.user?.login ?? '',
      base: pull.base.ref,
      head: pull.head.sha,
      mergeCommit: pull.merged_at ? (pull.merge_commit_sha ?? null) : null,
    }),
  )
export const Reviewed = z
  .object({
    user: z.object({ login: z.string() }).nullish(),
    state: z.string(),
    submitted_at: z.coerce.date().nullish(),
  })
  .transform(
    (review): Review => ({
      reviewer: review.user?.login ?? '',
      state: review.state.toUpperCase(),
      submittedAt: review.submitted_at ?? new Date(0),
    }),
  )
export const Sha = z.object({ sha: z.string() }).transform(({ sha }) => sha)
