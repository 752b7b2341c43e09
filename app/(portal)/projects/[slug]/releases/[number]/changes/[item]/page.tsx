import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { itemTypeWords } from '@/components/release/item-type-words'
import { PartDiff } from '@/components/release/part-diff'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHead } from '@/components/ui/page-head'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getItemChange } from '@/lib/insight/release/queries'

export const metadata: Metadata = { title: 'Change' }

type ChangePageProps = {
  params: Promise<{ slug: string; number: string; item: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function ChangePage({ params, searchParams }: ChangePageProps) {
  const { slug, number, item } = await params
  const asked = (await searchParams).against
  const chosen = typeof asked === 'string' ? asked : null
  const change = await getItemChange(await requirePerson(), { slug, number, objectId: item, against: chosen })
  if (!change) notFound()
  const { project, against, sentences, parts } = change
  const release = `/projects/${slug}/releases/${number}`
  return (
    <>
      <PageHead
        title={`${itemTypeWords(change.type)} ${change.name}`}
        crumbs={[
          { label: 'Projects', href: '/projects' },
          { label: project.name, href: `/projects/${slug}` },
          { label: `Release ${number}`, href: against ? `${release}?against=${against}` : release },
          { label: change.name },
        ]}
        meta={`${against ? `Since ${against}: ` : ''}${sentences.join(' · ') || 'nothing changed'}`}
      />
      {parts.length === 0 && (
        <Region label="Files">
          <EmptyState kind="nothing-now" title="No file of it changed" />
        </Region>
      )}
      {parts.map(part => (
        <PartDiff key={part.path} part={part} />
      ))}
    </>
  )
}
