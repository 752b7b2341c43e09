-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "group_ids" TEXT[],
    "rights_unknown" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "signed_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "refresh_token" TEXT,
    "access_token" TEXT,
    "expires_at" INTEGER,
    "ext_expires_in" INTEGER,
    "token_type" TEXT,
    "scope" TEXT,
    "id_token" TEXT,
    "session_state" TEXT,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "session_token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "strategy" TEXT NOT NULL DEFAULT 'definitions',
    "deployment_pipeline_id" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'Europe/Oslo',
    "repository_provider" TEXT,
    "repository_owner" TEXT,
    "repository_name" TEXT,
    "repository_branch" TEXT,
    "smoke_tests" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL,
    "project_id" UUID,
    "role" TEXT NOT NULL,
    "group_id" TEXT,
    "user_id" UUID,
    "label" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "workspace_name" TEXT NOT NULL,
    "capacity_id" TEXT,
    "purpose" TEXT NOT NULL,
    "data_class" TEXT NOT NULL,
    "access" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "deployed_release_id" UUID,
    "deployed_at" TIMESTAMPTZ(3),

    CONSTRAINT "environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hop" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "hop" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "hop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variable" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "values" JSONB NOT NULL,

    CONSTRAINT "variable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "definition" JSONB NOT NULL,

    CONSTRAINT "rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content" (
    "digest" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "content_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_item" (
    "id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "object_id" TEXT NOT NULL,
    "logical_id" TEXT,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "has_definition" BOOLEAN NOT NULL,

    CONSTRAINT "snapshot_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_part" (
    "item_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "snapshot_part_pkey" PRIMARY KEY ("item_id","path")
);

-- CreateTable
CREATE TABLE "release" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "commit" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_commit" (
    "release_id" UUID NOT NULL,
    "sha" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "author_email" TEXT NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL,
    "is_merge" BOOLEAN NOT NULL,
    "problems" TEXT[],

    CONSTRAINT "release_commit_pkey" PRIMARY KEY ("release_id","sha")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "commit" TEXT NOT NULL,
    "criterion" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "link" TEXT,
    "source" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_off" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "covered_digest" TEXT NOT NULL,
    "covered" JSONB NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,

    CONSTRAINT "sign_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "made_by_id" UUID,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gate_decision" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "hop_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "release_digest" TEXT NOT NULL,
    "rule_set_digest" TEXT NOT NULL,
    "verdicts" JSONB NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gate_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "hop_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "outcome" TEXT,
    "title" TEXT NOT NULL,
    "requested_by_id" UUID,
    "requested_by" TEXT NOT NULL,
    "changed_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "ticket_id" UUID NOT NULL,
    "task" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "proof" JSONB,

    CONSTRAINT "task_pkey" PRIMARY KEY ("ticket_id","task")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "rule_set_digest" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "hop_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "release_digest" TEXT NOT NULL,
    "rule_set_digest" TEXT NOT NULL,
    "gate_decision_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "strategy" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "backup_snapshot_id" UUID,
    "started_by" TEXT NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_progress" (
    "sequence" BIGSERIAL NOT NULL,
    "promotion_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_progress_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "fabric_intent" (
    "id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "intended_at" TIMESTAMPTZ(3) NOT NULL,
    "operation_id" TEXT,
    "result" JSONB,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "fabric_intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "validation" (
    "id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "duration_ms" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "validation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "criteria" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "project_id" UUID,
    "ticket_id" UUID,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_email_idx" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "person_tenant_id_object_id_key" ON "person"("tenant_id", "object_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_provider_account_id_key" ON "account"("provider", "provider_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_session_token_key" ON "session"("session_token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_slug_key" ON "project"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "project_name_key" ON "project"("name");

-- CreateIndex
CREATE UNIQUE INDEX "project_repository_provider_repository_owner_repository_nam_key" ON "project"("repository_provider", "repository_owner", "repository_name", "repository_branch");

-- CreateIndex
CREATE INDEX "role_grant_project_id_idx" ON "role_grant"("project_id");

-- CreateIndex
CREATE INDEX "role_grant_group_id_idx" ON "role_grant"("group_id");

-- CreateIndex
CREATE INDEX "role_grant_user_id_idx" ON "role_grant"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "environment_workspace_id_key" ON "environment"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "environment_project_id_tier_key" ON "environment"("project_id", "tier");

-- CreateIndex
CREATE UNIQUE INDEX "hop_project_id_hop_key" ON "hop"("project_id", "hop");

-- CreateIndex
CREATE UNIQUE INDEX "variable_project_id_name_key" ON "variable"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "rule_project_id_position_key" ON "rule"("project_id", "position");

-- CreateIndex
CREATE INDEX "snapshot_item_snapshot_id_idx" ON "snapshot_item"("snapshot_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_snapshot_id_key" ON "release"("snapshot_id");

-- CreateIndex
CREATE INDEX "release_project_id_created_at_id_idx" ON "release"("project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "release_project_id_number_key" ON "release"("project_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "release_project_id_commit_key" ON "release"("project_id", "commit");

-- CreateIndex
CREATE INDEX "evidence_project_id_commit_criterion_received_at_idx" ON "evidence"("project_id", "commit", "criterion", "received_at" DESC);

-- CreateIndex
CREATE INDEX "sign_off_ticket_id_criterion_idx" ON "sign_off"("ticket_id", "criterion");

-- CreateIndex
CREATE INDEX "sign_off_user_id_id_idx" ON "sign_off"("user_id", "id" DESC);

-- CreateIndex
CREATE INDEX "record_ticket_id_criterion_idx" ON "record"("ticket_id", "criterion");

-- CreateIndex
CREATE UNIQUE INDEX "gate_decision_id_ticket_id_hop_id_environment_id_release_di_key" ON "gate_decision"("id", "ticket_id", "hop_id", "environment_id", "release_digest", "rule_set_digest");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_number_key" ON "ticket"("number");

-- CreateIndex
CREATE INDEX "ticket_project_id_created_at_id_idx" ON "ticket"("project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ticket_created_at_id_idx" ON "ticket"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ticket_status_created_at_id_idx" ON "ticket"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ticket_release_id_idx" ON "ticket"("release_id");

-- CreateIndex
CREATE INDEX "plan_ticket_id_made_at_idx" ON "plan"("ticket_id", "made_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "promotion_gate_decision_id_key" ON "promotion"("gate_decision_id");

-- CreateIndex
CREATE INDEX "promotion_ticket_id_queued_at_idx" ON "promotion"("ticket_id", "queued_at" DESC);

-- CreateIndex
CREATE INDEX "promotion_environment_id_queued_at_idx" ON "promotion"("environment_id", "queued_at" DESC);

-- CreateIndex
CREATE INDEX "promotion_environment_id_release_digest_idx" ON "promotion"("environment_id", "release_digest");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_gate_decision_id_ticket_id_hop_id_environment_id__key" ON "promotion"("gate_decision_id", "ticket_id", "hop_id", "environment_id", "release_digest", "rule_set_digest");

-- CreateIndex
CREATE INDEX "promotion_progress_promotion_id_sequence_idx" ON "promotion_progress"("promotion_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "fabric_intent_promotion_id_key_key" ON "fabric_intent"("promotion_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "validation_promotion_id_kind_subject_key" ON "validation"("promotion_id", "kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_provider_delivery_id_key" ON "webhook_delivery"("provider", "delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_project_id_idx" ON "api_token"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_ticket_id_event_channel_recipient_key" ON "notification"("ticket_id", "event", "channel", "recipient");

-- CreateIndex
CREATE INDEX "audit_entry_project_id_sequence_idx" ON "audit_entry"("project_id", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_ticket_id_sequence_idx" ON "audit_entry"("ticket_id", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_action_sequence_idx" ON "audit_entry"("action", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_actor_sequence_idx" ON "audit_entry"("actor", "sequence" DESC);

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "environment" ADD CONSTRAINT "environment_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "environment" ADD CONSTRAINT "environment_deployed_release_id_fkey" FOREIGN KEY ("deployed_release_id") REFERENCES "release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hop" ADD CONSTRAINT "hop_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variable" ADD CONSTRAINT "variable_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule" ADD CONSTRAINT "rule_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_item" ADD CONSTRAINT "snapshot_item_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "snapshot_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_digest_fkey" FOREIGN KEY ("digest") REFERENCES "content"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_commit" ADD CONSTRAINT "release_commit_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_off" ADD CONSTRAINT "sign_off_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_hop_id_fkey" FOREIGN KEY ("hop_id") REFERENCES "hop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_gate_decision_id_ticket_id_hop_id_environment_id_fkey" FOREIGN KEY ("gate_decision_id", "ticket_id", "hop_id", "environment_id", "release_digest", "rule_set_digest") REFERENCES "gate_decision"("id", "ticket_id", "hop_id", "environment_id", "release_digest", "rule_set_digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_progress" ADD CONSTRAINT "promotion_progress_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fabric_intent" ADD CONSTRAINT "fabric_intent_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "validation" ADD CONSTRAINT "validation_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What the schema language cannot say: words, one active promotion, the audit chain, and who may do what.

ALTER TABLE "project" ADD CONSTRAINT project_strategy CHECK (strategy IN ('definitions', 'deployment-pipeline'));
ALTER TABLE "environment" ADD CONSTRAINT environment_tier CHECK (tier IN ('dev', 'test', 'uat', 'prod'));
ALTER TABLE "hop" ADD CONSTRAINT hop_name CHECK (hop IN ('dev-test', 'test-uat', 'uat-prod'));
ALTER TABLE "role_grant" ADD CONSTRAINT role_grant_one_holder CHECK (num_nonnulls(group_id, user_id) = 1);
ALTER TABLE "role_grant" ADD CONSTRAINT role_grant_role CHECK (role IN ('developer', 'qa', 'business-user', 'release-manager',
  'cab-member', 'cab-chair', 'incident-manager', 'stakeholder', 'auditor', 'administrator', 'on-call'));
ALTER TABLE "rule" ADD CONSTRAINT rule_kind CHECK (kind IN ('data-source', 'parameter', 'lakehouse', 'capacity'));
ALTER TABLE "variable" ADD CONSTRAINT variable_kind CHECK (kind IN ('lakehouse', 'warehouse', 'connection', 'capacity', 'text'));
ALTER TABLE "snapshot" ADD CONSTRAINT snapshot_purpose CHECK (purpose IN ('release', 'backup'));
ALTER TABLE "evidence" ADD CONSTRAINT evidence_outcome CHECK (outcome IN ('pass', 'fail'));
ALTER TABLE "sign_off" ADD CONSTRAINT sign_off_verdict CHECK (verdict IN ('yes', 'no'));
ALTER TABLE "ticket" ADD CONSTRAINT ticket_kind CHECK (kind IN ('standard', 'hotfix', 'rollback'));
ALTER TABLE "ticket" ADD CONSTRAINT ticket_status CHECK (status IN ('open', 'closed', 'cancelled'));
ALTER TABLE "ticket" ADD CONSTRAINT ticket_step CHECK (step IN ('initiate', 'execute', 'validate', 'close'));
ALTER TABLE "ticket" ADD CONSTRAINT ticket_outcome CHECK (outcome IN ('succeeded', 'failed', 'errored', 'partial', 'cancelled'));
ALTER TABLE "promotion" ADD CONSTRAINT promotion_phase CHECK (phase IN ('queued', 'running', 'validating', 'unknown',
  'succeeded', 'failed', 'errored', 'partial', 'cancelled'));
ALTER TABLE "notification" ADD CONSTRAINT notification_state CHECK (state IN ('pending', 'sent', 'failed', 'dead'));
ALTER TABLE "webhook_delivery" ADD CONSTRAINT webhook_delivery_state CHECK (state IN ('received', 'handled', 'ignored', 'failed'));

-- A vote stands once per person and criterion of a ticket: a new one needs the old one ended.
CREATE UNIQUE INDEX sign_off_one_standing ON "sign_off" (ticket_id, criterion, user_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX record_one_standing ON "record" (ticket_id, criterion) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX ticket_one_open ON "ticket" (environment_id, release_id) WHERE status = 'open';
CREATE UNIQUE INDEX promotion_one_active ON "promotion" (environment_id)
  WHERE phase IN ('queued', 'running', 'validating', 'unknown');
CREATE UNIQUE INDEX role_grant_once ON "role_grant" (COALESCE(project_id::text, ''), role, COALESCE(group_id, user_id::text));

-- The clock of every decision. Only a session of the tables' owner can set it back, for the history of the demo.
CREATE FUNCTION gatehouse_shift() RETURNS interval LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_shift text := current_setting('gatehouse.shift', true);
BEGIN
  IF COALESCE(v_shift, '') = '' THEN RETURN interval '0'; END IF;
  IF session_user = (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'audit_entry') THEN
    RETURN v_shift::interval;
  END IF;
  RETURN interval '0';
END $$;
CREATE FUNCTION gatehouse_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT clock_timestamp() - gatehouse_shift() $$;

-- Work for the worker, in the caller's transaction. History that is written afterwards asks for no work.
CREATE FUNCTION enqueue_work(p_workflow text, p_queue text, p_payload json, p_id text, p_partition text)
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF gatehouse_shift() <> interval '0' THEN RETURN; END IF;
  PERFORM dbos.enqueue_workflow(workflow_name => p_workflow, queue_name => p_queue, positional_args => ARRAY[p_payload],
    workflow_id => p_id, queue_partition_key => p_partition);
END $$;

-- Live progress, listened for by an SSE route.
CREATE FUNCTION tell_promotion_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('promotion_progress', NEW.promotion_id::text);
  RETURN NEW;
END $$;
CREATE TRIGGER promotion_progress_told AFTER INSERT ON "promotion_progress"
  FOR EACH ROW EXECUTE FUNCTION tell_promotion_progress();

-- The audit log: a chain over the stored text: SHA-256 of the previous hash, a line feed, and the text.
INSERT INTO "audit_head" (id, sequence, hash) VALUES (1, 0, repeat('0', 64));

CREATE FUNCTION append_audit_at(p_at timestamptz, p_project uuid, p_ticket uuid, p_actor text, p_actor_id text,
  p_action text, p_details jsonb) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_head audit_head%ROWTYPE;
  v_at timestamptz := date_trunc('milliseconds', p_at);
  v_text text;
  v_hash text;
BEGIN
  SELECT * INTO v_head FROM audit_head WHERE id = 1 FOR UPDATE;
  v_text := jsonb_build_object('sequence', v_head.sequence + 1,
    'at', to_char(v_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'project', p_project, 'ticket', p_ticket,
    'actor', p_actor, 'actorId', p_actor_id, 'action', p_action, 'details', p_details)::text;
  v_hash := encode(sha256(convert_to(v_head.hash || E'\n' || v_text, 'UTF8')), 'hex');
  INSERT INTO audit_entry (sequence, at, project_id, ticket_id, actor, actor_id, action, text, previous, hash)
    VALUES (v_head.sequence + 1, v_at, p_project, p_ticket, p_actor, p_actor_id, p_action, v_text, v_head.hash, v_hash);
  UPDATE audit_head SET sequence = v_head.sequence + 1, hash = v_hash WHERE id = 1;
  RETURN v_head.sequence + 1;
END $$;
REVOKE ALL ON FUNCTION append_audit_at(timestamptz, uuid, uuid, text, text, text, jsonb) FROM PUBLIC;

CREATE FUNCTION append_audit(p_project uuid, p_ticket uuid, p_actor text, p_actor_id text, p_action text, p_details jsonb)
  RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT append_audit_at(gatehouse_now(), p_project, p_ticket, p_actor, p_actor_id, p_action, p_details)
$$;
REVOKE ALL ON FUNCTION append_audit(uuid, uuid, text, text, text, jsonb) FROM PUBLIC;

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- The portal's rights. It owns nothing, and what is not granted here it cannot do.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gatehouse_app') THEN CREATE ROLE gatehouse_app NOLOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO gatehouse_app;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO gatehouse_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO gatehouse_app;
REVOKE INSERT ON audit_entry, audit_head FROM gatehouse_app;
GRANT EXECUTE ON FUNCTION append_audit(uuid, uuid, text, text, text, jsonb) TO gatehouse_app;
GRANT UPDATE, DELETE ON session, account, variable, rule TO gatehouse_app;
GRANT DELETE ON role_grant, environment TO gatehouse_app;
GRANT UPDATE ON person, project, environment, hop, ticket, task, promotion, fabric_intent, validation, notification,
  webhook_delivery, api_token TO gatehouse_app;
GRANT UPDATE (ended_at, ended_because) ON sign_off TO gatehouse_app;
GRANT UPDATE (ended_at) ON record TO gatehouse_app;
GRANT UPDATE (notes, title) ON release TO gatehouse_app;
