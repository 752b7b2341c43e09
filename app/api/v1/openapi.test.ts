import { validate } from '@apidevtools/swagger-parser'
import { expect, it } from 'vitest'
import { pipelineCriteria } from '@/lib/gate/evidence-input'
import { openApi } from './openapi'

const document = openApi('https://portal.example')

it('is a valid OpenAPI 3.1 document', async () => {
  await expect(validate(JSON.parse(JSON.stringify(document)))).resolves.toBeDefined()
})

it('names every criterion that a pipeline reports, and no other', () => {
  const { requestBody } = document.paths['/api/v1/evidence'].post
  const { properties } = requestBody.content['application/json'].schema
  expect(properties?.criterion).toMatchObject({ enum: pipelineCriteria })
  expect(pipelineCriteria).not.toContain('qa-sign-off')
  expect(pipelineCriteria).not.toContain('code-review')
})
