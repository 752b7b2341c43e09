import { type Tier, tierFacts, tiers } from './tier'

/** A workspace's name read by the convention `[Project]-[Domain]-[Environment]` (policy 2.1). */
export type NamedWorkspace = {
  readonly project: string
  readonly domain: string
  readonly tier: Tier
  /** `[Project]-[Domain]`, the name of the project in the portal. */
  readonly projectName: string
}

export type NameVerdict =
  | ({ readonly ok: true } & NamedWorkspace)
  | {
      readonly ok: false
      readonly because: string
      /** A name that would do, when one can be guessed. */
      readonly proposal: string | null
    }

const convention = '[Project]-[Domain]-[Environment]'
const tierWords = tiers.map(tier => tierFacts[tier].label)
const word = /^\p{L}[\p{L}\p{N}]*$/u

/** What people write in place of a tier's word. */
const alsoCalled: Readonly<Record<string, Tier>> = {
  development: 'dev',
  sandbox: 'dev',
  tst: 'test',
  testing: 'test',
  qa: 'test',
  acceptance: 'uat',
  acc: 'uat',
  staging: 'uat',
  preprod: 'uat',
  production: 'prod',
  prd: 'prod',
  live: 'prod',
}

/** True for one part of a project's name: letters and digits, a letter first. */
export const isNamePart = (part: string): boolean => word.test(part)

export const workspaceNameOf = (projectName: string, tier: Tier): string => `${projectName}-${tierFacts[tier].label}`

export function parseWorkspaceName(name: string): NameVerdict {
  const parts = name.split('-')
  const [project = '', domain = '', environment = ''] = parts
  const no = (because: string): NameVerdict => ({ ok: false, because, proposal: propose(name) })
  if (parts.length !== 3) return no(`it has ${countOf(parts.length)} where ${convention} has three`)
  const odd = [project, domain].find(part => !isNamePart(part))
  if (odd !== undefined)
    return no(odd === '' ? 'a part of it is empty' : `“${odd}” is not one word of letters and digits`)
  const tier = tiers.find(candidate => tierFacts[candidate].label === environment)
  if (!tier) return no(`it ends in “${environment}” and not in ${tierWords.join(', ').replace(/, (\w+)$/, ' or $1')}`)
  return { ok: true, project, domain, tier, projectName: `${project}-${domain}` }
}

const countOf = (parts: number): string => (parts === 1 ? 'one part' : `${parts} parts`)

function propose(name: string): string | null {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const last = words.pop()
  const tier = last === undefined ? undefined : tierOf(last)
  const [project, ...domain] = words
  if (!tier || project === undefined || domain.length === 0) return null
  const proposal = workspaceNameOf(`${project}-${domain.join('')}`, tier)
  return [project, domain.join('')].every(isNamePart) && proposal !== name ? proposal : null
}

function tierOf(text: string): Tier | undefined {
  const lower = text.toLowerCase()
  return tiers.find(tier => tier === lower) ?? (Object.hasOwn(alsoCalled, lower) ? alsoCalled[lower] : undefined)
}
