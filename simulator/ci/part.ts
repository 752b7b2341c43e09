import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJsonObject, sendJson } from '../entra/http'
import type { Part, PartContext } from '../part'
import { BuildRequest, runBuild } from './build'
import { type CiStore, openCiStore } from './store'

/** The address of a portal on this machine, without a slash at its end. */
const portalUrl = z.url({ protocol: /^https?$/ }).transform((text, context) => {
  const url = new URL(text)
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (isLoopback && !url.username && !url.password && !url.search && !url.hash) return url.href.replace(/\/+$/, '')
  context.addIssue('Only a plain address on loopback is accepted.')
  return z.NEVER
})

/** Without a token the one that is kept goes on. */
const TargetInput = z.strictObject({
  portalUrl,
  token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
})

export const noTarget = 'The build does not know the portal: POST {portalUrl, token} to /_sim/ci.'

/** A build server that pretends builds and reports them to the portal, as a pipeline with a token of its own. */
export async function createCiPart({ dataDir }: PartContext): Promise<Part> {
  const store = openCiStore(dataDir)
  return {
    async handle(request, response, url) {
      if (url.pathname === '/_sim/ci') return target(store, request, response)
      if (url.pathname === '/_sim/ci/build') return build(store, request, response)
      return false
    },
    close: async () => undefined,
  }
}

const tell = (store: CiStore) => ({ portalUrl: store.target()?.portalUrl ?? null, builds: store.builds() })

async function target(store: CiStore, request: IncomingMessage, response: ServerResponse): Promise<true> {
  if (request.method === 'GET') return sendJson(response, 200, tell(store))
  if (request.method !== 'POST') return sendJson(response, 405, { message: 'GET or POST is needed.' })
  const input = TargetInput.safeParse(await readJsonObject(request))
  if (!input.success) return sendJson(response, 422, { message: z.prettifyError(input.error) })
  const token = input.data.token ?? store.target()?.token
  if (!token) return sendJson(response, 422, { message: 'A token is needed.' })
  store.setTarget({ portalUrl: input.data.portalUrl, token })
  return sendJson(response, 200, tell(store))
}

async function build(store: CiStore, request: IncomingMessage, response: ServerResponse): Promise<true> {
  if (request.method !== 'POST') return sendJson(response, 405, { message: 'POST is needed.' })
  const input = BuildRequest.safeParse(await readJsonObject(request))
  if (!input.success) return sendJson(response, 422, { message: z.prettifyError(input.error) })
  const portal = store.target()
  if (!portal) return sendJson(response, 409, { message: noTarget })
  return sendJson(response, 201, await runBuild(store, portal, input.data))
}
