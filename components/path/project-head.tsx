import type { ReactNode } from 'react'
import { PageHead } from '@/components/ui/page-head'
import { Tabs } from '@/components/ui/tabs'

type ProjectHeadProps = {
  project: { readonly name: string; readonly slug: string }
  current: 'path' | 'releases' | 'configuration'
  meta?: ReactNode
  action?: ReactNode
}

/** The head of a project's own pages, with the tabs between them. */
export function ProjectHead({ project, current, meta, action }: ProjectHeadProps) {
  const base = `/projects/${project.slug}`
  const tabs = [
    { href: base, label: 'Path' },
    { href: `${base}/releases`, label: 'Releases' },
    { href: `${base}/configuration`, label: 'Configuration' },
  ]
  return (
    <>
      <PageHead
        title={project.name}
        crumbs={[{ label: 'Projects', href: '/projects' }, { label: project.name }]}
        meta={meta}
        action={action}
      />
      <Tabs label={project.name} tabs={tabs} current={current === 'path' ? base : `${base}/${current}`} />
    </>
  )
}
