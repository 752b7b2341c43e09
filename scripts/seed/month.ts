import { listItems } from '@/lib/fabric/items'
import { checkCommit, problemsOf } from '@/lib/git/commit-convention'
import { portal } from '@/lib/kernel/context'
import { makeRelease } from '@/lib/release/commands/make-release'
import type { Snapshot } from '@/lib/release/snapshot'
import { cancelTicket } from '@/lib/ticket/commands/cancel-ticket'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { commits } from '../../simulator/demo/commits'
import { demo } from '../../simulator/demo/ids'
import { type ReleasePoint, releasePoints } from '../../simulator/demo/release-points'
import { close, must, type Past, plan, prepareProd, report, run, sign, tell, ticketAt, write } from './history'
import { texts } from './history-texts'

export type CommitOfRepository = {
  readonly sha: string
  readonly at: Date
  readonly authorName: string
  readonly authorEmail: string
}

type Release = { readonly point: ReleasePoint; readonly id: string; readonly commit: string; readonly at: Date }
type Happening = { readonly at: Date; readonly happen: () => Promise<void> }

const hour = 3_600_000
const later = (at: Date, hours: number) => new Date(at.getTime() + hours * hour)

/** A believable month: each release as far as it came, every step at its time, in order. */
export async function writeMonth(
  past: Past,
  repository: readonly CommitOfRepository[],
  devAfter: (commitIndex: number) => Snapshot,
  failNextJob: (itemId: string, message: string) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const happenings = releasePoints.flatMap((point, index) => {
    const last = repository[point.commitIndex]
    if (!last) throw new Error(`the demo's repository lacks commit ${point.commitIndex}`)
    const first = (releasePoints[index - 1]?.commitIndex ?? -1) + 1
    const release: { made: Release | null } = { made: null }
    const made = () => {
      if (!release.made) throw new Error('the release is not there yet')
      return release.made
    }
    const birth: Happening = {
      at: later(last.at, 0.1),
      happen: async () => {
        say(`  ${point.title}`)
        release.made = await makeOne(past, point, last, repository.slice(first, point.commitIndex + 1), first, devAfter)
      },
    }
    return [
      birth,
      ...toTest(past, point, last.at, made, failNextJob),
      ...toUat(past, point, last.at, made),
      ...toProd(past, point, last.at, made),
    ]
  })
  for (const { at, happen } of happenings.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    await past.travel(at)
    await happen()
  }
}

async function makeOne(
  past: Past,
  point: ReleasePoint,
  last: CommitOfRepository,
  inside: readonly CommitOfRepository[],
  first: number,
  devAfter: (commitIndex: number) => Snapshot,
): Promise<Release> {
  const list = await Promise.all(
    inside.map(async (commit, index) => {
      const message = commits[first + index]?.message ?? ''
      const problems = problemsOf(await checkCommit({ message, isMerge: false, isBot: false }))
      return {
        sha: commit.sha,
        message,
        authorName: commit.authorName,
        authorEmail: commit.authorEmail,
        committedAt: commit.at,
        isMerge: false,
        problems,
      }
    }),
  )
  const input = {
    projectId: past.projectId,
    commit: last.sha,
    branch: demo.repository.branch,
    snapshot: devAfter(point.commitIndex),
    commits: list,
  }
  const made = must(await makeRelease({ actor: portal, db: past.db }, input))
  const notes = point.notes.map(note => `- ${note}`).join('\n')
  await past.db.release.update({
    where: { id: made.releaseId },
    data: { title: point.title, notes },
    select: { id: true },
  })
  const opened = await past.db.$transaction(tx =>
    openTicket(tx, later(last.at, 0.1), portal, { releaseId: made.releaseId, hop: 'dev-test' }),
  )
  await tell(past, must(opened).ticketId, 'ticket-created')
  return { point, id: made.releaseId, commit: last.sha, at: last.at }
}

function toTest(
  past: Past,
  point: ReleasePoint,
  at: Date,
  made: () => Release,
  failNextJob: (itemId: string, message: string) => Promise<void>,
): Happening[] {
  const evidence = ['code-review', 'unit-tests', 'lint', 'documentation', 'commit-convention'] as const
  const reported = { at: later(at, 0.3), happen: () => report(past, made().commit, evidence) }
  const promoted = {
    at: later(at, 0.4),
    happen: async () => {
      if (point.failed?.tier === 'test')
        await failNextJob(
          await itemInTest(past, 'nb_check_quality'),
          'Data quality checks failed: claims that the load lacks: 37',
        )
      await run(past, await ticketAt(past, made().id, 'dev-test'), portal)
      if (point.reached.includes('test'))
        await tell(past, await ticketAt(past, made().id, 'test-uat'), 'ticket-created')
    },
  }
  const given = {
    at: later(at, 3),
    happen: async () => {
      const ticketId = await ticketAt(past, made().id, 'dev-test')
      must(await cancelTicket({ actor: past.people.dataEngineer, db: past.db }, { ticketId, reason: texts.failed }))
    },
  }
  return point.failed?.tier === 'test' ? [reported, promoted, given] : [reported, promoted]
}

async function itemInTest(past: Past, name: string): Promise<string> {
  const item = (await listItems(past.fabric, demo.workspaces.test)).find(one => one.displayName === name)
  if (!item) throw new Error(`Test has no item ${name}`)
  return item.id
}

function toUat(past: Past, point: ReleasePoint, at: Date, made: () => Release): Happening[] {
  if (!point.reached.includes('test')) return []
  const evidence = ['integration-tests', 'data-quality', 'performance-baseline', 'security-scan'] as const
  const reported = { at: later(at, 5), happen: () => report(past, made().commit, evidence) }
  if (!point.reached.includes('uat')) {
    const planned = {
      at: later(at, 5.1),
      happen: async () => void (await plan(past, await ticketAt(past, made().id, 'test-uat'))),
    }
    return [reported, planned]
  }
  const ticket = () => ticketAt(past, made().id, 'test-uat')
  return [
    reported,
    {
      at: later(at, 24),
      happen: async () =>
        write(past, await ticket(), 'release-notes', 'analyticsEngineer', { text: point.notes.join('\n') }),
    },
    {
      at: later(at, 26),
      happen: async () =>
        sign(
          past,
          await ticket(),
          'qa-sign-off',
          'qaAnalyst',
          'Tried in Test with the September claims: figures agree.',
        ),
    },
    {
      at: later(at, 27),
      happen: async () => {
        const ticketId = await ticket()
        await run(past, ticketId, past.people.qaAnalyst)
        await tell(past, await ticketAt(past, made().id, 'uat-prod'), 'ticket-created')
        await past.travel(later(at, 27.5))
        await close(past, ticketId, 'qaAnalyst')
      },
    },
  ]
}

function toProd(past: Past, point: ReleasePoint, at: Date, made: () => Release): Happening[] {
  if (!point.reached.includes('uat')) return []
  const ticket = () => ticketAt(past, made().id, 'uat-prod')
  const signed = {
    at: later(at, 50),
    happen: async () =>
      sign(
        past,
        await ticket(),
        'uat-sign-off',
        'businessLead',
        'Looks right. The figures agree with what finance has.',
      ),
  }
  if (!point.reached.includes('prod')) {
    const tomorrow = evening(later(new Date(), 24))
    return [
      signed,
      { at: later(at, 52), happen: async () => prepareProd(past, await ticket(), tomorrow) },
      {
        at: later(at, 70),
        happen: async () =>
          sign(past, await ticket(), 'change-request', 'cabFinance', 'Fine for finance: we have told the actuaries.'),
      },
      { at: later(at, 71), happen: async () => void (await plan(past, await ticket())) },
    ]
  }
  const window = evening(later(at, 72))
  return [
    signed,
    { at: later(at, 52), happen: async () => prepareProd(past, await ticket(), window) },
    { at: later(at, 53), happen: async () => sign(past, await ticket(), 'change-request', 'cabFinance', '') },
    {
      at: later(at, 54),
      happen: async () => sign(past, await ticket(), 'change-request', 'cabChair', 'Approved in the Tuesday meeting.'),
    },
    {
      at: later(window.start, 0.1),
      happen: async () => {
        const ticketId = await ticket()
        await run(past, ticketId, past.people.releaseManager)
        await past.travel(later(window.start, 0.7))
        await close(past, ticketId, 'releaseManager')
      },
    },
  ]
}

/** 19:00 to 21:00 UTC of that day. */
function evening(day: Date): { start: Date; end: Date } {
  const start = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 19))
  return { start, end: later(start, 2) }
}
