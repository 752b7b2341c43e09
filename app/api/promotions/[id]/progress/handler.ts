import type { Context } from '@/lib/db/context'
import { listen } from '@/lib/db/listen'
import { unexpected } from '@/lib/http/failure'
import { json, problem } from '@/lib/http/problem'
import { refuse } from '@/lib/kernel/result'
import { lastSequence, type RunState } from '@/lib/promotion/progress'
import { progressReader } from '@/lib/promotion/queries'
import { type Tailing, tailProgress } from '@/lib/promotion/tail-progress'

type Deps = { readonly context: () => Promise<Context>; readonly databaseUrl: () => string }
type Route = { readonly params: Promise<{ readonly id: string }> }

/** News of a promotion: a stream of events, or once as JSON. Whatever can fail does so before the stream opens. */
export const getProgress = ({ context, databaseUrl }: Deps) =>
  async function answer(request: Request, { params }: Route): Promise<Response> {
    try {
      const { id } = await params
      const ctx = await context()
      if (ctx.actor.kind === 'nobody') return problem(refuse('not-signed-in', 'Sign in to follow a promotion.').refusal)
      const read = isId(id) ? await progressReader(ctx, id) : null
      if (!read) return problem(refuse('not-found', 'There is no such promotion.').refusal)
      const after = resumeFrom(request)
      if (!wantsStream(request)) return json(await read(after))
      return stream(request, { id, after, read, databaseUrl: databaseUrl() })
    } catch (cause) {
      return problem(unexpected(cause, 'following a promotion'))
    }
  }

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
const wantsStream = (request: Request) => !(request.headers.get('accept') ?? '').includes('application/json')

function resumeFrom(request: Request): number {
  const asked = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after') ?? ''
  const sequence = /^\d{1,15}$/.test(asked) ? Number(asked) : 0
  return sequence
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'content-encoding': 'none',
  'x-accel-buffering': 'no',
}

type Asked = Pick<Tailing, 'read'> & { readonly id: string; readonly after: number; readonly databaseUrl: string }

function stream(request: Request, { id, after, read, databaseUrl }: Asked): Response {
  const closing = new AbortController()
  const signal = AbortSignal.any([request.signal, closing.signal])
  const bell = ring(signal)
  const unlisten = listen(databaseUrl, 'promotion_progress', payload => {
    if (payload === '' || payload === id) bell.ring()
  })
  const news = tailProgress(after, { read, wait: bell.wait, now: Date.now, signal })
  const encoder = new TextEncoder()
  let last = after
  const body = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(encoder.encode('retry: 1000\n\n')),
    async pull(controller) {
      const next = await news.next().catch(cause => {
        unlisten()
        throw cause
      })
      if (next.done) {
        unlisten()
        return controller.close()
      }
      if (next.value) last = Math.max(last, lastSequence(next.value))
      controller.enqueue(encoder.encode(eventOf(next.value, last)))
    },
    cancel() {
      closing.abort()
      unlisten()
    },
  })
  return new Response(body, { headers })
}

const eventOf = (state: RunState | null, last: number): string =>
  state ? `id: ${last}\nevent: progress\ndata: ${JSON.stringify(state)}\n\n` : ': still here\n\n'

/** Waits for news; a ring between two waits is not lost. */
function ring(signal: AbortSignal) {
  let rung = false
  let wake = () => {}
  signal.addEventListener('abort', () => wake())
  return {
    ring: () => {
      rung = true
      wake()
    },
    wait: (ms: number) =>
      new Promise<void>(resolve => {
        const timer = setTimeout(() => wake(), ms)
        wake = () => {
          clearTimeout(timer)
          rung = false
          resolve()
        }
        if (rung || signal.aborted) wake()
      }),
  }
}
