import { describe, expect, it } from 'vitest'
import { readBody } from './body'
import { readJson } from './json-body'
import { problem } from './problem'

const limits = { bytes: 10, deadlineMs: 50 }

function streamed(start: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Request {
  const init = { method: 'POST', body: new ReadableStream({ start }), duplex: 'half' }
  return new Request('http://portal.example/', init)
}

describe('readBody', () => {
  it('gives the very bytes', async () => {
    const body = await readBody(new Request('http://portal.example/', { method: 'POST', body: ' {"a":1}\n' }), limits)
    expect(body.ok && Buffer.from(body.value).toString()).toBe(' {"a":1}\n')
  })

  it('does not begin to read what is announced as too large', async () => {
    const request = streamed(controller => controller.enqueue(new Uint8Array(1)))
    request.headers.set('content-length', '11')
    expect(await readBody(request, limits)).toMatchObject({ ok: false, status: 413 })
    expect(request.bodyUsed).toBe(false)
  })

  it('stops when more comes than may', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 4
        controller.enqueue(new Uint8Array(4))
      },
    })
    const request = new Request('http://portal.example/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(await readBody(request, limits)).toMatchObject({ ok: false, status: 413 })
    expect(sent).toBeLessThan(30)
  })

  it('stops when it takes too long', async () => {
    const stuck = streamed(controller => controller.enqueue(new Uint8Array(1)))
    expect(await readBody(stuck, limits)).toMatchObject({ ok: false, status: 408 })
  })
})

describe('readJson', () => {
  const read = (text: string) => readJson(Buffer.from(text))

  it.each([
    ['not JSON', '{"a"'],
    ['too deep', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['far too deep', '['.repeat(100_000)],
    ['empty', ''],
  ])('refuses %s', (_, text) => expect(read(text)).toMatchObject({ ok: false, refusal: { code: 'invalid' } }))

  it('refuses bytes that are not UTF-8', () => {
    expect(readJson(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ ok: false })
  })

  it('does not take brackets in a text for nesting', () => {
    const text = JSON.stringify({ a: `${'['.repeat(100)}\\"` })
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })
})

describe('problem', () => {
  it.each([
    ['not-signed-in', 401],
    ['not-allowed', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['invalid', 400],
    ['too-large', 413],
    ['unavailable', 503],
  ] as const)('%s is %i', async (code, status) => {
    const response = problem({ code, message: 'Why.', facts: {} })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.has('www-authenticate')).toBe(status === 401)
    expect(await response.json()).toMatchObject({ status, detail: 'Why.', code })
  })
})
