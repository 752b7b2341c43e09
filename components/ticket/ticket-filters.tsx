import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { hopEnds, hops } from '@/lib/environment/hop'
import { tierFacts } from '@/lib/environment/tier'

export type ChosenFilters = { readonly project?: string; readonly status?: string; readonly hop?: string }
type Choice = { readonly value: string; readonly label: string }

type TicketFiltersProps = {
  chosen: ChosenFilters
  projects: readonly { readonly slug: string; readonly name: string }[]
}

const statuses: readonly Choice[] = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
  { value: 'cancelled', label: 'Cancelled' },
]
const hopChoices: readonly Choice[] = hops.map(hop => {
  const { source, target } = hopEnds[hop]
  return { value: hop, label: `${tierFacts[source].label} → ${tierFacts[target].label}` }
})

/** Filters are part of the address: a form that only asks. */
export function TicketFilters({ chosen, projects }: TicketFiltersProps) {
  const projectChoices = projects.map(({ slug, name }) => ({ value: slug, label: name }))
  return (
    <form method="get" action="/tickets" className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2 print:hidden">
      <Filter name="project" label="Project" all="All projects" choices={projectChoices} value={chosen.project} />
      <Filter name="status" label="Status" all="Any status" choices={statuses} value={chosen.status} />
      <Filter name="hop" label="Hop" all="Any hop" choices={hopChoices} value={chosen.hop} />
      <Button type="submit">Filter</Button>
      {Object.values(chosen).some(Boolean) && (
        <ButtonLink href="/tickets" variant="quiet">
          Clear filters
        </ButtonLink>
      )}
    </form>
  )
}

type FilterProps = { name: string; label: string; all: string; choices: readonly Choice[]; value: string | undefined }

function Filter({ name, label, all, choices, value = '' }: FilterProps) {
  return (
    <label className="min-w-36 flex-1 sm:flex-none">
      <span className="block text-xs text-ink-muted">{label}</span>
      <select key={value} name={name} defaultValue={value} className="control mt-0.5">
        <option value="">{all}</option>
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
