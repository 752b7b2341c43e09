import { z } from 'zod'
import { EvidenceInput } from '@/lib/gate/evidence-input'
import { EvidenceAnswer, GateAnswer, GateQuery, ProblemAnswer, ReleasesAnswer, ReleasesQuery } from './schemas'

const schema = (type: z.ZodType, io: 'input' | 'output' = 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io })
  return rest
}

const content = (type: z.ZodType) => ({ 'application/json': { schema: schema(type) } })

const statuses: Readonly<Record<number, string>> = {
  400: 'Not valid: the detail says what.',
  401: 'The token is missing, unknown, expired or revoked.',
  403: 'The token may not do this.',
  404: 'There is nothing of this name for this token.',
  408: 'The body came too slowly.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  503: 'Something broke; the detail holds a reference.',
}

const refusals = (...codes: readonly number[]) =>
  Object.fromEntries(
    [401, 403, 503, ...codes].map(code => [
      String(code),
      {
        description: statuses[code] ?? '',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )

function parameters(query: z.ZodObject) {
  const { properties = {}, required = [] } = schema(query, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

/** The description of the API, made from the schemas that its operations parse with. */
export const openApi = (server: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Gatehouse',
    version: '1.0.0',
    description:
      'Build pipelines report evidence, and read releases and gates. A token can never sign off or approve: that takes a person.',
  },
  servers: [{ url: server }],
  security: [{ token: [] }],
  paths: {
    '/api/v1/evidence': {
      post: {
        operationId: 'reportEvidence',
        summary: 'Report evidence on a commit',
        description:
          'Needs the scope evidence:write. The newest report of a criterion counts; it may come before the release of the commit.',
        requestBody: { required: true, content: { 'application/json': { schema: schema(EvidenceInput, 'input') } } },
        responses: {
          '201': { description: 'Kept.', content: content(EvidenceAnswer) },
          ...refusals(400, 408, 413, 415),
        },
      },
    },
    '/api/v1/releases': {
      get: {
        operationId: 'listReleases',
        summary: "The releases of the token's project, newest first",
        description: 'Needs the scope read.',
        parameters: parameters(ReleasesQuery),
        responses: { '200': { description: 'One page.', content: content(ReleasesAnswer) }, ...refusals(400) },
      },
    },
    '/api/v1/gates': {
      get: {
        operationId: 'readGate',
        summary: 'The gate of a ticket: what is met, what is missing, and who can clear it',
        description: 'Needs the scope read.',
        parameters: parameters(GateQuery),
        responses: { '200': { description: 'The gate now.', content: content(GateAnswer) }, ...refusals(400, 404) },
      },
    },
  },
  components: {
    schemas: { Problem: schema(ProblemAnswer) },
    securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of a project: gh_…' } },
  },
})
