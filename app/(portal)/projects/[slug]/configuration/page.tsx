import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AtStake } from '@/components/configuration/at-stake'
import { ConfigurationForm } from '@/components/configuration/configuration-form'
import { RuleTable } from '@/components/configuration/rule-table'
import { VariableMatrix } from '@/components/configuration/variable-matrix'
import { ProjectHead } from '@/components/path/project-head'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Region } from '@/components/ui/region'
import { requirePerson } from '@/lib/access/session'
import { getConfiguration } from '@/lib/insight/configuration/queries'
import { fillValueAction, removeRuleAction, removeVariableAction, saveRuleAction, saveVariableAction } from './actions'

export const metadata: Metadata = { title: 'Configuration' }

const actions = {
  saveVariable: saveVariableAction,
  fillValue: fillValueAction,
  removeVariable: removeVariableAction,
  saveRule: saveRuleAction,
  removeRule: removeRuleAction,
}

type ConfigurationPageProps = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function ConfigurationPage({ params, searchParams }: ConfigurationPageProps) {
  const { slug } = await params
  const view = await getConfiguration(await requirePerson(), slug)
  if (!view) notFound()
  const mayChange = view.because === null
  const base = `/projects/${slug}/configuration`
  return (
    <>
      <ProjectHead project={view} current="configuration" />
      {view.because && <Notice tone="info">{view.because}</Notice>}
      {mayChange && <AtStake decisions={view.atStake} />}
      {mayChange && <ConfigurationForm view={view} asked={await searchParams} actions={actions} />}
      <Region title="Variables" aside={mayChange && <AddLink base={base} what="variable" />}>
        {view.variables.length === 0 ? (
          <EmptyState kind="never-used" title="No variable yet">
            A variable is a name with one value for each tier; rules put the tier’s value in place of Dev’s.
          </EmptyState>
        ) : (
          <VariableMatrix view={view} fill={fillValueAction} />
        )}
      </Region>
      <Region title="Rules" aside={mayChange && <AddLink base={base} what="rule" />}>
        {view.rules.length === 0 ? (
          <EmptyState kind="never-used" title="No rule yet">
            Without rules, definitions go on as they are in Dev.
          </EmptyState>
        ) : (
          <RuleTable view={view} />
        )}
      </Region>
    </>
  )
}

function AddLink({ base, what }: { base: string; what: 'variable' | 'rule' }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      Choose a name to change it
      <ButtonLink size="sm" href={`${base}?add=${what}#change`}>
        Add {what}
      </ButtonLink>
    </span>
  )
}
