import type { ConfigurationView } from '@/lib/insight/configuration/queries'
import type { ConfigurationActions } from './forms'
import { RuleForm } from './rule-form'
import { VariableForm } from './variable-form'

type ConfigurationFormProps = {
  view: ConfigurationView
  /** Of the address: `variable` or `rule` by its name, or `add`. */
  asked: Readonly<Record<string, string | string[] | undefined>>
  actions: ConfigurationActions
}

/** The form that the address asks for; nothing when it asks for none. */
export function ConfigurationForm({ view, asked, actions }: ConfigurationFormProps) {
  const variable = view.variables.find(one => one.name === asked.variable)
  if (variable) return <VariableForm key={variable.name} view={view} variable={variable} actions={actions} />
  const known = view.rules.find(one => one.rule.name === asked.rule)
  if (known) return <RuleForm key={known.rule.name} view={view} known={known} actions={actions} />
  if (asked.add === 'variable') return <VariableForm key="+variable" view={view} variable={null} actions={actions} />
  if (asked.add === 'rule') return <RuleForm key="+rule" view={view} known={null} actions={actions} />
  return null
}
