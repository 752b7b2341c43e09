import { z } from 'zod'
import { type Check, checksOf, hops, type Outcome, outcomes } from './checks'
import type { Build, CiStore, Report, Target } from './store'

const longestWaitMs = 10_000
const longestAnswer = 2_000

/** What a build is asked to report; without `criteria` it reports all of the hop. */
export const BuildRequest = z
  .strictObject({
    commit: z.string().regex(/^[0-9a-f]{40}$/, 'The full id of a commit is needed.'),
    hop: z.enum(hops),
    outcome: z.enum(outcomes),
    criteria: z.array(z.string()).min(1).optional(),
  })
  .refine(({ hop, criteria = [] }) => criteria.every(id => checksOf(hop).some(check => check.criterion === id)), {
    path: ['criteria'],
    error: 'The build reports no such criterion at this hop.',
  })
export type BuildRequest = z.infer<typeof BuildRequest>

/** Pretends a build of a commit and reports each of its criteria to the portal. */
export async function runBuild(store: CiStore, target: Target, asked: BuildRequest): Promise<Build> {
  const { commit, hop, outcome, criteria } = asked
  const number = store.takeNumber()
  const startedAt = new Date().toISOString()
  const checks = checksOf(hop).filter(check => criteria?.includes(check.criterion) ?? true)
  const reports: Report[] = []
  for (const check of checks) reports.push(await report(target, check, { number, commit, outcome }))
  const build: Build = { number, commit, hop, outcome, startedAt, reports }
  store.addBuild(build)
  return build
}

async function report(
  target: Target,
  { criterion, label, sentences }: Check,
  { number, commit, outcome }: { readonly number: number; readonly commit: string; readonly outcome: Outcome },
): Promise<Report> {
  const summary = sentences[outcome](Number.parseInt(commit.slice(0, 8), 16))
  const link = `https://ci.claims.example/builds/${number}/${criterion}`
  const answered = await post(target, { commit, criterion, outcome, summary, link })
  return { criterion, label, summary, link, ...answered }
}

async function post({ portalUrl, token }: Target, evidence: object): Promise<Pick<Report, 'status' | 'answer'>> {
  try {
    const response = await fetch(`${portalUrl}/api/v1/evidence`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(longestWaitMs),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(evidence),
    })
    return { status: response.status, answer: (await response.text()).slice(0, longestAnswer) }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    return { status: null, answer: `No answer: ${error instanceof Error ? error.message : error} ${cause}`.trim() }
  }
}
