import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { requirePerson } from '@/lib/access/session'
import { getLinks } from '@/lib/environment/queries'
import { workspaceDirectory } from '@/lib/fabric/workspace-directory'
import { Candidates } from './candidates'
import { Environments } from './environments'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Workspaces of ${(await params).slug}` }
}

export default async function LinkPage({ params }: Props) {
  const { slug } = await params
  const ctx = await requirePerson(`/settings/projects/${slug}`)
  const view = await getLinks(ctx, slug, workspaceDirectory())
  if (!view) notFound()
  const crumbs = [
    { label: 'Settings', href: '/settings' },
    { label: 'Projects', href: '/settings/projects' },
  ]
  return (
    <>
      <PageHead
        title={view.name}
        crumbs={[...crumbs, { label: view.name }]}
        meta={`${view.environments.length} of 4 workspaces linked`}
      />
      <Environments view={view} />
      {view.refusal ? (
        <Notice tone="info">{view.refusal.message}</Notice>
      ) : (
        <Candidates projectId={view.id} candidates={view.candidates} />
      )}
    </>
  )
}
