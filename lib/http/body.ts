import type { Refusal } from '@/lib/kernel/refusal'

export type BodyLimits = { readonly bytes: number; readonly deadlineMs: number }

export type Body =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly status: 408 | 413; readonly refusal: Refusal }

/** Reads a request's body as it came. What is announced or becomes too large, or comes too slowly, is not read to its end. */
export async function readBody(request: Request, limits: BodyLimits): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.bytes) return tooLarge(limits)
  const reader = request.body?.getReader()
  if (!reader) return { ok: true, value: new Uint8Array() }
  const late = Symbol('late')
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<typeof late>(resolve => {
    timer = setTimeout(() => resolve(late), limits.deadlineMs)
  })
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), deadline])
      if (read === late) return abandon(reader, tooSlow(limits))
      if (read.done) return { ok: true, value: Buffer.concat(chunks) }
      size += read.value.byteLength
      if (size > limits.bytes) return abandon(reader, tooLarge(limits))
      chunks.push(read.value)
    }
  } finally {
    clearTimeout(timer)
  }
}

function abandon(reader: ReadableStreamDefaultReader<Uint8Array>, answer: Body): Body {
  reader.cancel().catch(() => undefined)
  return answer
}

const tooLarge = ({ bytes }: BodyLimits): Body => ({
  ok: false,
  status: 413,
  refusal: { code: 'too-large', message: `The body is larger than ${bytes} bytes.`, facts: { limit: bytes } },
})

const tooSlow = ({ deadlineMs }: BodyLimits): Body => ({
  ok: false,
  status: 408,
  refusal: { code: 'invalid', message: `The body did not arrive within ${deadlineMs / 1000} s.`, facts: {} },
})
