import { loadRuleSetDigest } from '@/lib/configuration/queries'
import type { Db } from '@/lib/db/client'
import { type Hop, hopEnds } from '@/lib/environment/hop'
import { makeRecord } from '@/lib/gate/commands/make-record'
import { signOffCriterion } from '@/lib/gate/commands/sign-off-criterion'
import { covered, coveredDigest } from '@/lib/gate/covered'
import { type CriterionId, criteriaOf } from '@/lib/gate/criteria'
import { loadFacts } from '@/lib/gate/queries'
import { portal } from '@/lib/kernel/context'
import { digestOf } from '@/lib/kernel/digest'
import { newId } from '@/lib/kernel/ids'
import { openTicket } from '@/lib/ticket/commands/open-ticket'
import { makePerson, makeProject } from './factories'

/** A release with no items whose ticket stands at a hop, with people of every role of that gate and a plan without blockers. */
export async function givenTicket(db: Db, hop: Hop) {
  const project = await makeProject(db)
  const person = (role: Parameters<typeof makePerson>[1]) => makePerson(db, { ...role, projectId: project.id })
  const people = {
    developer: await person({ roles: ['developer'] }),
    qa: await person({ roles: ['qa'] }),
    business: await person({ roles: ['business-user'] }),
    releaseManager: await person({ roles: ['release-manager'] }),
    cab: [
      await person({ roles: ['cab-member'] }),
      await person({ roles: ['cab-member', 'cab-chair'] }),
      await person({ roles: ['cab-member'] }),
    ] as const,
  }
  const releaseId = newId()
  const digest = digestOf(releaseId)
  const at = new Date()
  const snapshot = { id: newId(), projectId: project.id, workspaceId: newId(), purpose: 'release', digest, takenAt: at }
  await db.snapshot.create({ data: snapshot })
  const named = {
    number: `2026.11.${releaseId.slice(-6)}`,
    title: 'A release',
    commit: digest.slice(7, 47),
    branch: 'main',
    notes: '',
  }
  await db.release.create({
    data: { id: releaseId, projectId: project.id, digest, snapshotId: snapshot.id, createdAt: at, ...named },
  })
  const opened = await db.$transaction(tx => openTicket(tx, at, portal, { releaseId, hop }), { timeout: 20_000 })
  if (!opened.ok) throw new Error(opened.refusal.message)
  const ticket = await db.ticket.findUniqueOrThrow({ where: { id: opened.value.ticketId } })
  await arriveInSource(db, project, ticket, hop, digest)
  const ruleSetDigest = await loadRuleSetDigest(db, project.id, hopEnds[hop].target)
  const plan = {
    id: newId(),
    ticketId: ticket.id,
    digest: digestOf('plan'),
    ruleSetDigest,
    content: { blockers: [] },
    madeAt: at,
  }
  await db.plan.create({ data: plan })
  return { project, people, ticket, plan, releaseId, digest }
}

type Project = Awaited<ReturnType<typeof makeProject>>

/** The release has been promoted into the hop's source tier, as far as the rows tell. */
async function arriveInSource(
  db: Db,
  project: Project,
  ticket: { id: string; hopId: string },
  hop: Hop,
  digest: string,
) {
  const source = hopEnds[hop].source
  if (source === 'dev') return
  const bound = {
    ticketId: ticket.id,
    hopId: ticket.hopId,
    environmentId: project.environments[source],
    releaseDigest: digest,
    ruleSetDigest: digestOf('rules'),
  }
  const other = await db.ticket.findUniqueOrThrow({ where: { id: ticket.id } })
  const past = {
    id: newId(),
    number: undefined,
    status: 'closed',
    outcome: 'succeeded',
    environmentId: project.environments[source],
  }
  const earlier = await db.ticket.create({ data: { ...other, ...past } })
  await db.gateDecision.create({
    data: { id: past.id, ...bound, ticketId: earlier.id, verdicts: [], decidedBy: 'The portal', decidedAt: new Date() },
  })
  const plan = {
    id: newId(),
    ticketId: earlier.id,
    digest: digestOf('earlier'),
    ruleSetDigest: digestOf('rules'),
    content: { blockers: [] },
    madeAt: new Date(),
  }
  await db.plan.create({ data: plan })
  const run = {
    strategy: 'definitions',
    phase: 'succeeded',
    startedBy: 'The portal',
    queuedAt: new Date(),
    endedAt: new Date(),
  }
  await db.promotion.create({
    data: { id: newId(), ...bound, ticketId: earlier.id, gateDecisionId: past.id, planId: plan.id, ...run },
  })
}

/** The covered digest that a person sees for a criterion now. */
export async function seenFor(db: Db, ticketId: string, criterion: CriterionId): Promise<string> {
  const facts = await loadFacts(db, ticketId, new Date())
  return coveredDigest(covered(criterion, facts.content))
}

type People = Awaited<ReturnType<typeof givenTicket>>['people']

/** Clears every criterion of a ticket's gate, each the way that it is cleared. */
export async function meetAll(db: Db, ticketId: string, people: People): Promise<void> {
  const ticket = await db.ticket.findUniqueOrThrow({ where: { id: ticketId }, include: { hop: true, release: true } })
  const all = criteriaOf(ticket.hop.hop as Hop)
  for (const { id, kind } of all.filter(one => one.kind === 'evidence' || one.kind === 'record')) {
    if (kind === 'evidence') {
      const bound = { projectId: ticket.projectId, commit: ticket.release.commit, criterion: id }
      await db.evidence.create({
        data: { id: newId(), ...bound, outcome: 'pass', summary: 'passed', source: 'pipeline', receivedAt: new Date() },
      })
    } else {
      const result = await makeRecord(
        { actor: people.releaseManager, db },
        { ticketId, criterion: id, content: recordContents[id] },
      )
      if (!result.ok) throw new Error(result.refusal.message)
    }
  }
  const mail = { channel: 'mail', recipient: 'somebody', subject: 's', text: 't', state: 'sent', queuedAt: new Date() }
  const announcement = await db.record.findFirst({ where: { ticketId, criterion: 'communication', endedAt: null } })
  const event = `announcement:${announcement?.id}`
  await db.notification.create({ data: { id: newId(), ticketId, event, ...mail } })
  for (const { id } of all.filter(one => one.kind === 'sign-off' || one.kind === 'approval')) {
    const voters =
      id === 'qa-sign-off' ? [people.qa] : id === 'uat-sign-off' ? [people.business] : people.cab.slice(0, 2)
    for (const actor of voters) {
      const seen = await seenFor(db, ticketId, id)
      const result = await signOffCriterion(
        { actor, db },
        { ticketId, criterion: id, verdict: 'yes', statement: '', seen },
      )
      if (!result.ok) throw new Error(result.refusal.message)
    }
  }
}

export const recordContents: Partial<Record<CriterionId, unknown>> = {
  'release-notes': { text: 'A new page' },
  'rollback-plan': { method: 'Backup restore', steps: 'Restore the backup', decidedBy: 'Release manager' },
  'deployment-window': {
    start: new Date(Date.now() - 3_600_000).toISOString(),
    end: new Date(Date.now() + 3_600_000).toISOString(),
    zone: 'Europe/Oslo',
  },
  'on-call': { person: 'On-call engineer', contact: 'phone 1' },
  communication: { subject: 'Tonight', text: 'Claims gets a new page' },
}
