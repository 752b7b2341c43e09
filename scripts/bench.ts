import { benchPages } from './bench/pages'

/** `npm run bench -- pages [--tickets 1000,100000] [--full]`: ratios measured in one run, for people to read; asserts nothing. */
const [what, ...options] = process.argv.slice(2)
const usage = 'npm run bench -- pages [--tickets 1000,100000] [--full]'

if (what !== 'pages') stopWith('What shall be measured?')
try {
  await benchPages(sizes(options), line => console.log(line))
  process.exit(0)
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause)
  process.exit(1)
}

/** How many tickets there are, in turns. */
function sizes(given: readonly string[]): readonly number[] {
  const [option, value, ...more] = given
  if (option === undefined) return [1_000]
  if (option === '--full' && value === undefined) return [1_000, 100_000]
  const counts = (value ?? '').split(',').map(Number)
  const isGrowing = counts.every((count, index) => Number.isInteger(count) && count > (counts[index - 1] ?? 0))
  if (option !== '--tickets' || more.length > 0 || !isGrowing) stopWith(`Not understood: ${given.join(' ')}`)
  return counts
}

function stopWith(why: string): never {
  console.error(`${why}\n  ${usage}`)
  process.exit(1)
}
