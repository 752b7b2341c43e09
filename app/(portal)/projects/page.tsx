import type { Metadata } from 'next'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHead } from '@/components/ui/page-head'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { tierFacts, tiers } from '@/lib/environment/tier'
import { listProjectRows, type ProjectRow } from '@/lib/insight/projects/queries'

export const metadata: Metadata = { title: 'Projects' }

export default async function ProjectsPage() {
  const projects = await listProjectRows(await requirePerson())
  return (
    <>
      <PageHead title="Projects" meta={projects.length === 1 ? 'One project' : `${projects.length} projects`} />
      <Region label="Projects">
        {projects.length === 0 ? (
          <EmptyState kind="never-used" title="No project yet">
            An administrator makes one by linking a workspace in Settings.
          </EmptyState>
        ) : (
          <ProjectTable projects={projects} />
        )}
      </Region>
    </>
  )
}

function ProjectTable({ projects }: { projects: readonly ProjectRow[] }) {
  const columns = [
    { label: 'Project' },
    ...tiers.map(tier => ({ label: tierFacts[tier].label })),
    { label: 'Open tickets', numeric: true },
  ]
  return (
    <DataTable label="Projects" columns={columns}>
      {projects.map(project => (
        <TableRow key={project.href}>
          <RowHead href={project.href}>{project.name}</RowHead>
          {tiers.map(tier => (
            <Cell key={tier}>{project.tiers[tier]}</Cell>
          ))}
          <Cell numeric>{project.openTickets > 0 && project.openTickets}</Cell>
        </TableRow>
      ))}
    </DataTable>
  )
}
