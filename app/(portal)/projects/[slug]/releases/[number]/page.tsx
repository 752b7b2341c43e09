import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChangeList } from '@/components/release/change-list'
import { CommitList } from '@/components/release/commit-list'
import { CompareWith } from '@/components/release/compare-with'
import { NextTicket } from '@/components/release/next-ticket'
import { Notes } from '@/components/release/notes'
import { ReleaseRail } from '@/components/release/release-rail'
import { Columns } from '@/components/ui/columns'
import { PageHead } from '@/components/ui/page-head'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getReleaseView } from '@/lib/insight/release/queries'
import { requestDeploymentAction } from './actions'

type ReleasePageProps = {
  params: Promise<{ slug: string; number: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export async function generateMetadata({ params }: ReleasePageProps): Promise<Metadata> {
  return { title: `Release ${(await params).number}` }
}

export default async function ReleasePage({ params, searchParams }: ReleasePageProps) {
  const { slug, number } = await params
  const { against } = await searchParams
  const chosen = typeof against === 'string' ? against : null
  const release = await getReleaseView(await requirePerson(), slug, number, chosen)
  if (!release) notFound()
  const { project, now, changes, commits, choices, notes } = release
  const base = `/projects/${slug}`
  return (
    <>
      <PageHead
        title={`Release ${release.number}`}
        crumbs={[
          { label: 'Projects', href: '/projects' },
          { label: project.name, href: base },
          { label: 'Releases', href: `${base}/releases` },
          { label: release.number },
        ]}
        meta={release.title}
        action={<NextTicket release={release} action={requestDeploymentAction} />}
      />
      <Columns rail={<ReleaseRail {...release} />}>
        <ChangeList changes={changes} against={release.against} base={`${base}/releases/${number}`} />
        <CompareWith choices={choices} against={release.against} />
        {notes.length > 0 && (
          <Region title="Notes" padded>
            <Notes blocks={notes} />
          </Region>
        )}
        <CommitList commits={commits} now={now} zone={project.zone} />
      </Columns>
    </>
  )
}
