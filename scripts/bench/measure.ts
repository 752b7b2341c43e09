import { Agent, get } from 'node:http'

/** Something that can be done again and again; throws when it goes wrong, so that no failure is measured as an answer. */
export type Target = {
  readonly name: string
  readonly once: () => Promise<void>
  /** How many table rows it shows. */
  readonly rows?: () => Promise<number>
}
export type Measured = { readonly target: Target; readonly p50: number; readonly perSecond: number }

const warmUpMs = 1_500
const latency = { concurrency: 1, rounds: 5, sliceMs: 1_000 }
const throughput = { concurrency: 8, rounds: 3, sliceMs: 1_500 }

/**
 * The median of a lone visitor's wait, and answers a second for eight visitors at once.
 * The targets take turns in short slices, so that whatever else the machine does falls on all of them.
 */
export async function measure(targets: readonly Target[]): Promise<readonly Measured[]> {
  for (const target of targets) await slice(target, { concurrency: 2, sliceMs: warmUpMs })
  const alone = await takeTurns(targets, latency)
  const together = await takeTurns(targets, throughput)
  return targets.map((target, index) => {
    const waits = alone[index]?.flatMap(one => one.waits) ?? []
    const slices = together[index] ?? []
    const answers = slices.reduce((sum, one) => sum + one.waits.length, 0)
    const seconds = slices.reduce((sum, one) => sum + one.ms, 0) / 1_000
    return { target, p50: median(waits), perSecond: answers / seconds }
  })
}

type Slice = { readonly waits: readonly number[]; readonly ms: number }

async function takeTurns(targets: readonly Target[], turns: typeof latency): Promise<readonly (readonly Slice[])[]> {
  const slices: Slice[][] = targets.map(() => [])
  for (let round = 0; round < turns.rounds; round += 1) {
    for (const [index, target] of targets.entries()) slices[index]?.push(await slice(target, turns))
  }
  return slices
}

async function slice(target: Target, turn: { concurrency: number; sliceMs: number }): Promise<Slice> {
  const waits: number[] = []
  const start = performance.now()
  const visitor = async () => {
    for (;;) {
      const began = performance.now()
      await target.once()
      waits.push(performance.now() - began)
      if (performance.now() - start > turn.sliceMs) return
    }
  }
  await Promise.all(Array.from({ length: turn.concurrency }, visitor))
  return { waits, ms: performance.now() - start }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** The text of a page that answered with 200. */
export function read(url: string, cookie = ''): Promise<string> {
  return new Promise((done, failed) => {
    const asked = get(url, { agent, headers: { cookie, accept: 'text/html' } }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', failed)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) return done(text)
        failed(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 200)}`))
      })
    })
    asked.on('error', failed)
  })
}

/** Rows of its tables, heads left out. */
export const rowsIn = (html: string): number => count(html, /<tr[ >]/g) - count(html, /<thead[ >]/g)
const count = (html: string, what: RegExp) => html.match(what)?.length ?? 0
