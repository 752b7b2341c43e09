import type { Metadata } from 'next'
import { ActionForm } from '@/components/form/action-form'
import { SubmitButton } from '@/components/form/submit-button'
import { TextInput } from '@/components/form/text-input'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Region } from '@/components/ui/region'
import { authorise } from '@/lib/access/authorise'
import { requirePerson } from '@/lib/access/session'
import { listProjects, type ProjectView } from '@/lib/environment/queries'
import { tierFacts, tiers } from '@/lib/environment/tier'
import { SettingsHead } from '../settings-head'
import { createProjectAction } from './actions'

export const metadata: Metadata = { title: 'Projects' }

export default async function ProjectSettingsPage() {
  const ctx = await requirePerson('/settings/projects')
  const projects = await listProjects(ctx)
  const may = await authorise(ctx.db, ctx.actor, null, 'link-environments', 'create a project')
  return (
    <>
      <SettingsHead current="/settings/projects" />
      <Region title="Projects" aside={`${projects.length} in all`}>
        {projects.length > 0 ? <ProjectTable projects={projects} /> : <NoProject />}
      </Region>
      {may.ok && <CreateProject />}
    </>
  )
}

function ProjectTable({ projects }: { projects: readonly ProjectView[] }) {
  const columns = [{ label: 'Project' }, ...tiers.map(tier => ({ label: tierFacts[tier].label }))]
  return (
    <DataTable label="Projects and their workspaces" columns={columns}>
      {projects.map(({ slug, name, environments }) => (
        <TableRow key={slug}>
          <RowHead href={`/settings/projects/${slug}`}>{name}</RowHead>
          {tiers.map(tier => (
            <Cell key={tier}>{environments.find(own => own.tier === tier)?.workspaceName}</Cell>
          ))}
        </TableRow>
      ))}
    </DataTable>
  )
}

function NoProject() {
  return (
    <EmptyState kind="never-used" title="No project yet">
      A project is a path of four Fabric workspaces, from Dev to Prod. An administrator creates it and links them.
    </EmptyState>
  )
}

function CreateProject() {
  return (
    <Region title="Create a project" padded>
      <p className="mb-3 max-w-[80ch] text-ink-muted">
        Workspaces are named [Project]-[Domain]-[Environment]. Next you see which workspaces in Fabric fit.
      </p>
      <ActionForm action={createProjectAction} label="Create a project">
        <TextInput name="project" label="Project" hint="One word, such as Claims" maxLength={60} required />
        <TextInput name="domain" label="Domain" hint="One word, such as Analytics" maxLength={60} required />
        <SubmitButton pending="Creating project">Create project</SubmitButton>
      </ActionForm>
    </Region>
  )
}
