import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PathBand } from '@/components/path/path-band'
import { ProjectHead } from '@/components/path/project-head'
import { ReleaseTable } from '@/components/path/release-table'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Mono } from '@/components/ui/mono'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getPath, type PathView } from '@/lib/insight/path/queries'

export const metadata: Metadata = { title: 'Path' }

export default async function PathPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  const view = await getPath(await requirePerson(), slug)
  if (!view) notFound()
  const { primary, releases, now, zone } = view
  return (
    <>
      <ProjectHead
        project={view}
        current="path"
        meta={<PathFacts {...view} />}
        action={
          primary && (
            <ButtonLink variant="primary" href={primary.href}>
              Open {primary.number}
            </ButtonLink>
          )
        }
      />
      <PathBand {...view} />
      <Region title="Releases" aside="newest first">
        {releases.length === 0 ? (
          <EmptyState kind="never-used" title="No release yet">
            The first commit on the branch makes one.
          </EmptyState>
        ) : (
          <ReleaseTable releases={releases} now={now} zone={zone} />
        )}
      </Region>
      {view.older && <ButtonLink href={`/projects/${slug}/releases`}>All releases</ButtonLink>}
    </>
  )
}

function PathFacts({ environments, branch, head, strategy }: PathView) {
  const count = environments.length === 1 ? 'One workspace' : `${environments.length} workspaces`
  const how = strategy === 'definitions' ? 'by definitions' : 'by deployment pipeline'
  return (
    <span>
      {count}
      {branch && (
        <>
          {' · '}
          {branch}
          {head && (
            <>
              {' at '}
              <Mono>{head.slice(0, 7)}</Mono>
            </>
          )}
        </>
      )}
      {` · deploys ${how}`}
    </span>
  )
}
