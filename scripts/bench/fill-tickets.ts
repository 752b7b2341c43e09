import type { Client } from 'pg'

/** Adds closed tickets, older than all that are there, until a project has `count` of them; each with all rows that a closed ticket has. */
export async function fillTickets(owner: Client, projectId: string, count: number): Promise<void> {
  const { rows } = await owner.query(
    'SELECT count(*)::int AS there, min(created_at) AS oldest FROM ticket WHERE project_id = $1',
    [projectId],
  )
  const { there, oldest } = rows[0] as { there: number; oldest: Date }
  if (there >= count) return
  await owner.query('BEGIN')
  await owner.query('SET LOCAL session_replication_role = replica')
  await owner.query(made, [projectId, oldest, count - there])
  for (const statement of inserts) await owner.query(statement)
  await owner.query('DROP TABLE filled')
  await owner.query('COMMIT')
  await owner.query('VACUUM (ANALYZE)')
}

/** An id as the portal makes them: it begins with its time. */
const id = (what: string) => `(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
  || substr(md5('${what}' || n), 1, 3) || '8' || substr(md5('${what}' || n), 4, 15))::uuid`

/** Three tickets a release, one for each hop, ten minutes apart. */
const made = `CREATE TEMP TABLE filled AS
  WITH place AS (SELECT h.id AS hop_id, e.id AS environment_id, e.workspace_id,
      row_number() OVER (ORDER BY h.hop) - 1 AS turn FROM hop h
    JOIN environment e ON e.project_id = h.project_id AND e.tier = split_part(h.hop, '-', 2) WHERE h.project_id = $1::uuid),
  row AS (SELECT n, $2::timestamptz - n * interval '10 minutes' AS at FROM generate_series(1, $3::int) n)
  SELECT row.n, row.at, $1::uuid AS project_id, place.*, ${id('ticket')} AS ticket_id, ${id('decision')} AS decision_id,
    ${id('plan')} AS plan_id, ${id('promotion')} AS promotion_id, ${id('vote')} AS vote_id,
    first_value(${id('release')}) OVER run AS release_id,
    'sha256:' || encode(sha256((first_value(at) OVER run)::text::bytea), 'hex') AS digest
  FROM row JOIN place ON place.turn = row.n % 3 WINDOW run AS (PARTITION BY row.n / 3 ORDER BY row.n)`

const inserts = [
  `INSERT INTO snapshot (id, project_id, workspace_id, purpose, digest, taken_at)
    SELECT DISTINCT ON (release_id) release_id, project_id, workspace_id, 'release', digest, at FROM filled`,
  `INSERT INTO release (id, project_id, number, title, digest, snapshot_id, "commit", branch, notes, created_at)
    SELECT DISTINCT ON (release_id) release_id, project_id, '2020.1.' || release_id, 'An older release', digest, release_id,
      substr(digest, 8, 40), 'main', 'feat: something', at FROM filled`,
  `INSERT INTO ticket (id, project_id, hop_id, environment_id, release_id, kind, status, step, outcome, title, requested_by,
      created_at, closed_at)
    SELECT ticket_id, project_id, hop_id, environment_id, release_id, 'standard', 'closed', 'close', 'succeeded',
      'An older release', 'Release manager', at, at + interval '9 minutes' FROM filled`,
  `INSERT INTO task (ticket_id, task, done_at, done_by)
    SELECT ticket_id, unnest(array['verify-criteria', 'create-ticket', 'notify-stakeholders', 'trigger-pipeline',
      'monitor-progress', 'verify-item-sync', 'smoke-tests', 'data-connectivity', 'report-rendering', 'update-log',
      'close-ticket', 'send-completion']), at, 'The portal' FROM filled`,
  `INSERT INTO sign_off (id, ticket_id, criterion, verdict, user_id, user_name, role, statement, covered_digest, covered, given_at)
    SELECT vote_id, ticket_id, 'qa-sign-off', 'yes', gen_random_uuid(), 'QA analyst', 'qa', '', digest, '{}', at FROM filled`,
  `INSERT INTO gate_decision (id, ticket_id, hop_id, environment_id, release_digest, rule_set_digest, verdicts, decided_by, decided_at)
    SELECT decision_id, ticket_id, hop_id, environment_id, digest, digest, '[]', 'Release manager', at FROM filled`,
  `INSERT INTO plan (id, ticket_id, digest, rule_set_digest, content, made_at)
    SELECT plan_id, ticket_id, digest, digest, '{"blockers": [], "items": []}', at FROM filled`,
  `INSERT INTO promotion (id, ticket_id, hop_id, environment_id, release_digest, rule_set_digest, gate_decision_id, plan_id,
      strategy, phase, started_by, queued_at, started_at, ended_at)
    SELECT promotion_id, ticket_id, hop_id, environment_id, digest, digest, decision_id, plan_id, 'definitions', 'succeeded',
      'Release manager', at, at, at + interval '5 minutes' FROM filled`,
  `INSERT INTO notification (id, ticket_id, event, channel, recipient, subject, text, state, queued_at, sent_at)
    SELECT gen_random_uuid(), ticket_id, unnest(array['created', 'started', 'ended', 'completed']), 'mail', 'all@claims.example',
      'A release', 'A release', 'sent', at, at FROM filled`,
  `INSERT INTO audit_entry (sequence, at, project_id, ticket_id, actor, action, text, previous, hash)
    SELECT h.sequence + row_number() OVER (ORDER BY n DESC, a.action), at, project_id, ticket_id, 'The portal', a.action,
      jsonb_build_object('sequence', h.sequence + row_number() OVER (ORDER BY n DESC, a.action), 'at', at, 'project', project_id,
        'ticket', ticket_id, 'actor', 'The portal', 'actorId', NULL, 'action', a.action, 'details', '{}'::jsonb)::text, digest, digest
    FROM filled, audit_head h, unnest(array['ticket.created', 'plan.made', 'promotion.started', 'promotion.ended', 'ticket.closed'])
      AS a(action)`,
  'UPDATE audit_head SET sequence = (SELECT max(sequence) FROM audit_entry)',
]
