import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProjectHead } from '@/components/path/project-head'
import { ReleaseTable } from '@/components/path/release-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getPath } from '@/lib/insight/path/queries'
import { readKey, writeKey } from '../../key'

export const metadata: Metadata = { title: 'Releases' }

type ReleasesPageProps = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function ReleasesPage({ params, searchParams }: ReleasesPageProps) {
  const { slug } = await params
  const after = readKey((await searchParams).before)
  const view = await getPath(await requirePerson(), slug, { after, limit: 50 })
  if (!view) notFound()
  const { releases, older, now, zone } = view
  const base = `/projects/${slug}/releases`
  return (
    <>
      <ProjectHead project={view} current="releases" />
      <Region title="Releases" aside="newest first">
        {releases.length === 0 ? (
          <EmptyState kind="never-used" title="No release yet">
            The first commit on the branch makes one.
          </EmptyState>
        ) : (
          <ReleaseTable releases={releases} now={now} zone={zone} />
        )}
      </Region>
      <Pagination
        newer={after ? base : undefined}
        older={older ? `${base}?${new URLSearchParams({ before: writeKey(older) })}` : undefined}
      />
    </>
  )
}
