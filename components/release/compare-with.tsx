import { Button } from '@/components/ui/button'

type CompareWithProps = { choices: readonly string[]; against: string | null }

/** Chooses the release to compare with; an ordinary GET form, so that the choice is an address. */
export function CompareWith({ choices, against }: CompareWithProps) {
  if (choices.length === 0) return null
  const options = against && !choices.includes(against) ? [against, ...choices] : choices
  return (
    <form method="get" action="#changes" className="mb-4 flex flex-wrap items-center gap-2 print:hidden">
      <label htmlFor="against" className="font-medium">
        Compare with
      </label>
      <select id="against" name="against" defaultValue={against ?? undefined} className="control max-w-44">
        {options.map(number => (
          <option key={number}>{number}</option>
        ))}
      </select>
      <Button type="submit">Compare</Button>
    </form>
  )
}
