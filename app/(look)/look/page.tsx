import { ActionForm } from '@/components/form/action-form'
import { Checkbox } from '@/components/form/checkbox'
import { RadioGroup } from '@/components/form/radio-group'
import { Select } from '@/components/form/select'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { Textarea } from '@/components/form/textarea'
import { Shell } from '@/components/shell/shell'
import { Status } from '@/components/status/status'
import { type AnyStatus, statusTable } from '@/components/status/status-table'
import { HopLabel, TierLabel } from '@/components/status/tier-label'
import { Button } from '@/components/ui/button'
import { Columns, RailSection } from '@/components/ui/columns'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Dialog, DialogCancel } from '@/components/ui/dialog'
import { DiffView } from '@/components/ui/diff-view'
import { Disclosure } from '@/components/ui/disclosure'
import { EmptyState } from '@/components/ui/empty-state'
import { Fact, Facts } from '@/components/ui/facts'
import { Menu, MenuButton, MenuLink } from '@/components/ui/menu'
import { Digest, Mono } from '@/components/ui/mono'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { Pagination } from '@/components/ui/pagination'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { ShutAction } from '@/components/ui/shut-action'
import { HeadSkeleton, RowsSkeleton } from '@/components/ui/skeleton'
import { StepBar } from '@/components/ui/step-bar'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { Timeline, TimelineDay, TimelineEntry } from '@/components/ui/timeline'
import { lookAction } from './actions'

const now = new Date('2026-11-25T09:00:00Z')
const zone = 'Europe/Oslo'
const patch = `===================================================================
--- definition/tables/Claims.tmdl
+++ definition/tables/Claims.tmdl
@@ -1,6 +1,7 @@
 table Claims
-	measure 'Loss ratio' = DIVIDE([Paid], [Earned])
+	measure 'Loss ratio' = DIVIDE([Paid] + [Reserved], [Earned])
+		formatString: 0.0%
 		displayFolder: KPIs
 	column ClaimId
 		dataType: string
 		summarizeBy: none
`

export default function Look() {
  const all = Object.entries(statusTable).map(([kind, values]) => ({
    kind,
    statuses: Object.keys(values).map(value => ({ kind, value }) as AnyStatus),
  }))
  return (
    <Shell
      person={{ name: 'Ragnhild Moe', roles: ['Release manager', 'CAB chair'] }}
      counts={{ needsYou: 3, approvals: 1 }}
      projects={[
        { name: 'Claims-Analytics', href: '/projects/claims-analytics' },
        { name: 'Policy-Pricing', href: '/projects/policy-pricing' },
      ]}
      signOut={
        <form method="post" action="/api/auth/signout">
          <button type="submit" className="cursor-pointer underline-offset-2 hover:underline">
            Sign out
          </button>
        </form>
      }
    >
      <PageHead
        crumbs={[{ label: 'Tickets', href: '/tickets' }, { label: 'CHG-0142' }]}
        title="Claims-Analytics 2026.11.3 to Prod"
        meta={
          <>
            <Mono>CHG-0142</Mono>
            <Status kind="ticket" value="waiting" count={2} pill />
            <HopLabel from="UAT" to="Prod" />
            <span>starts by itself Thu 26 Nov, 20:00, if the gate is open</span>
          </>
        }
        action={<ShutAction because="2 criteria unmet: see who can clear them">Promote to Prod</ShutAction>}
      />
      <StepBar
        steps={[
          { name: 'Initiate', count: '4 of 6 criteria met', state: 'now' },
          { name: 'Execute', count: '14 items planned', state: 'later' },
          { name: 'Validate', count: '3 checks', state: 'later' },
          { name: 'Close', count: 'log, notice', state: 'done' },
        ]}
      />
      <Tabs
        label="Ticket"
        current="/look"
        tabs={[
          { href: '/look', label: 'Overview' },
          { href: '/look?x', label: 'Plan', count: 14 },
          { href: '/look?y', label: 'Run' },
          { href: '/look?z', label: 'Timeline', count: 8 },
        ]}
      />
      <Columns
        rail={
          <>
            <RailSection title="Facts">
              <Facts>
                <Fact label="Release">
                  <a className="link" href="/x">
                    2026.11.3
                  </a>
                  <br />
                  <Digest value="sha256:4f9c00000000a17e" />
                </Fact>
                <Fact label="Commit">
                  <Mono>c81f0e2</Mono>
                </Fact>
                <Fact label="Requested by">Release manager</Fact>
                <Fact label="Window">
                  <Time at={new Date('2026-11-26T19:00:00Z')} now={now} zone={zone} as="plain" />
                </Fact>
                <Fact label="Risk">Low: 4 of 14 items, last 9 runs clean</Fact>
              </Facts>
            </RailSection>
            <RailSection title="Votes">
              <Facts>
                <Fact label="CAB member">
                  <Status kind="vote" value="approved" />
                </Fact>
                <Fact label="CAB chair">
                  <Status kind="vote" value="asked" detail="08:41" />
                </Fact>
              </Facts>
            </RailSection>
          </>
        }
      >
        <Region id="why" title="Gate UAT → Prod" aside="can open Thu 20:00 at the earliest">
          <Rows label="Criteria">
            <Row
              state="met"
              href="/c1"
              title="UAT sign-off from business"
              note="Signed for this content"
              right={
                <>
                  Claims business lead
                  <br />
                  <Time at={new Date('2026-11-25T08:12:00Z')} now={now} zone={zone} />
                </>
              }
            />
            <Row
              state="open"
              href="/c2"
              title="Change request approved (CAB)"
              note="1 of 2 votes; the chair has still to vote"
              right="before Thu 18:00"
            >
              CAB chair can vote ·{' '}
              <a className="link" href="/remind">
                Remind
              </a>
            </Row>
            <Row state="failing" href="/c3" title="Unit tests pass" note="2 of 118 failed in run 4711" right="GitHub" />
            <Row
              state="waiting"
              title="Deployment window confirmed"
              note="Cannot start before the change request is approved"
            />
            <Row
              state="running"
              title="Claims-Analytics 2026.11.4 to Test"
              href="/r"
              note={
                <>
                  Validating: report rendering, 2 of 3 checks passed
                  <ProgressBar label="Promotion progress" value={15} max={18} text="15 of 18 items" />
                </>
              }
              right={
                <>
                  18 of 18 items
                  <br />1 min 12 s
                </>
              }
            />
          </Rows>
        </Region>
        <Notice title="Prod has drifted.">
          <Mono>Claims overview.Report</Mono> was changed outside a ticket.{' '}
          <a className="link" href="/d">
            See the difference
          </a>
        </Notice>
        <Notice tone="danger" title="Leak found.">
          A Test connection stays in nb_load.
        </Notice>
        <Notice tone="success" title="Promoted.">
          14 of 14 items are as planned.
        </Notice>
        <Notice tone="info">The worker re-checks the gate when its turn comes.</Notice>
        <Region title="Plan" aside="3 changed · 1 new · 10 same">
          <DataTable
            label="Plan"
            columns={[
              { label: 'Item' },
              { label: 'What happens' },
              { label: 'In plain words' },
              { label: 'Files', numeric: true, sortHref: '/look?sort=files', sorted: 'descending' },
              { label: 'In Prod it will use' },
              { label: 'Actions', hidden: true },
            ]}
          >
            {(['update', 'create', 'unchanged', 'blocked'] as const).map((value, i) => (
              <TableRow key={value}>
                <RowHead mono href={`/i/${i}`}>
                  Claims.SemanticModel
                </RowHead>
                <Cell nowrap>
                  <Status kind="item" value={value} />
                </Cell>
                <Cell>
                  Measure <i>Loss ratio</i> changed, 1 table added
                </Cell>
                <Cell numeric>{i * 1204}</Cell>
                <Cell mono muted>
                  wh_claims_uat → wh_claims_prod
                </Cell>
                <Cell>
                  <Menu label={`Actions for item ${i}`}>
                    <MenuLink href="/a">See the difference</MenuLink>
                    <MenuButton danger>Leave out</MenuButton>
                  </Menu>
                </Cell>
              </TableRow>
            ))}
          </DataTable>
        </Region>
        <Pagination newer="/look?a" older="/look?b">
          50 of 1,204 tickets
        </Pagination>
        <Region title="Timeline">
          <TimelineDay>Wed 25 Nov</TimelineDay>
          <Timeline>
            <TimelineEntry
              at={<Time at={new Date('2026-11-25T08:49:00Z')} now={now} zone={zone} />}
              detail="“Covered by the Q4 plan.”"
              tone="success"
            >
              A CAB member approved the change request
            </TimelineEntry>
            <TimelineEntry at="today 09:20" detail={<Disclosure summary="14 steps">read, compare, write</Disclosure>}>
              The portal rehearsed the rollback plan: 14 of 14 items restorable
            </TimelineEntry>
          </Timeline>
        </Region>
        <Region title="Difference" aside="1 file">
          <DiffView patch={patch} label="Claims.SemanticModel" />
        </Region>
        <Region title="Override" padded>
          <ActionForm action={lookAction} label="Override" warns>
            <TextInput name="reason" label="Reason" hint="Shown in the audit log." />
            <Textarea name="note" label="Note" optional />
            <Select
              name="role"
              label="Role"
              prompt="Choose a role"
              options={[
                { value: 'qa', label: 'QA' },
                { value: 'cab', label: 'CAB member' },
              ]}
            />
            <RadioGroup
              name="kind"
              legend="Kind"
              choices={[
                { value: 'a', label: 'Standard', hint: 'Through every tier' },
                { value: 'b', label: 'Hotfix' },
              ]}
              defaultValue="a"
            />
            <Checkbox name="told" label="Tell the stakeholders" hint="41 people" />
            <div className="flex gap-2">
              <SubmitButton pending="Saving override">Save override</SubmitButton>
              <SubmitButton variant="danger" pending="Rolling back" name="act" value="rollback">
                Roll back Prod
              </SubmitButton>
            </div>
          </ActionForm>
        </Region>
        <div className="mb-4 flex flex-wrap gap-2">
          <Button variant="primary">Primary</Button>
          <Button>Plain</Button>
          <Button variant="quiet">Quiet</Button>
          <Button variant="danger">Danger</Button>
          <Button size="sm">Small</Button>
          <Dialog trigger="Promote to Prod…" title="Promote Claims-Analytics to Prod" variant="primary">
            <p className="mb-4">14 items from release 2026.11.3.</p>
            <div className="flex gap-2">
              <Button variant="primary">Promote to Prod</Button>
              <DialogCancel />
            </div>
          </Dialog>
          <Menu label="More" text="More" size="md">
            <MenuLink href="/a">Evidence pack</MenuLink>
          </Menu>
        </div>
        <Region title="Statuses" padded>
          {all.map(({ kind, statuses }) => (
            <div key={kind} className="mb-3 flex flex-wrap gap-x-4 gap-y-1.5">
              <b className="w-24">{kind}</b>
              {statuses.map(s => (
                <span key={s.value} className="flex gap-2">
                  <Status {...s} count={2} />
                  <Status {...s} count={2} pill />
                </span>
              ))}
            </div>
          ))}
          <div className="flex gap-2">
            <TierLabel tier="Dev" />
            <TierLabel tier="Prod" />
            <Status kind="gate" value="shut" count={2} stacked />
          </div>
        </Region>
        {(['never-used', 'nothing-now', 'filtered-out', 'failed', 'not-allowed'] as const).map(kind => (
          <Region key={kind} label={kind}>
            <EmptyState kind={kind} title={`This is ${kind}`} action={<Button>Do it</Button>}>
              What it means and what to do.
            </EmptyState>
          </Region>
        ))}
        <HeadSkeleton />
        <RowsSkeleton />
      </Columns>
    </Shell>
  )
}
