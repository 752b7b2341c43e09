import { mkdirSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Part, PartContext } from '../part'
import type { Tenant } from '../tenant'

const developer = { name: 'Developer', email: 'developer@contoso.example' }
const item = (name: string) => JSON.stringify({ metadata: { type: 'Notebook', displayName: name } })

/** A small tenant for the parts' own tests. */
export const testingTenant: Tenant = {
  tenantId: '9aaaaaaa-0000-4000-8000-00000000000a',
  applications: [
    {
      clientId: 'c1000000-0000-4000-8000-000000000001',
      clientSecret: 'portal~secret/1+x',
      objectId: '5e000000-0000-4000-8000-000000000001',
      displayName: 'Gatehouse sign-in',
      signsPeopleIn: true,
    },
    {
      clientId: 'c1000000-0000-4000-8000-000000000002',
      clientSecret: 'service-secret-2',
      objectId: '5e000000-0000-4000-8000-000000000002',
      displayName: 'Gatehouse deployments',
      signsPeopleIn: false,
    },
  ],
  groups: [
    { id: '91000000-0000-4000-8000-000000000001', displayName: 'Claims QA' },
    { id: '91000000-0000-4000-8000-000000000002', displayName: 'Claims CAB' },
  ],
  people: [
    {
      objectId: '0d000000-0000-4000-8000-000000000001',
      displayName: 'QA Engineer',
      mail: 'qa@contoso.example',
      comesFor: 'Runs Test and signs off.',
      groupIds: ['91000000-0000-4000-8000-000000000001'],
      groupOverage: false,
    },
    {
      objectId: '0d000000-0000-4000-8000-000000000002',
      displayName: 'Auditor <all groups>',
      mail: 'auditor@contoso.example',
      comesFor: 'Reads the evidence.',
      groupIds: ['91000000-0000-4000-8000-000000000001', '91000000-0000-4000-8000-000000000002'],
      groupOverage: true,
    },
  ],
  capacities: [],
  connections: [],
  workspaces: [],
  deploymentPipelines: [],
  repositories: [
    {
      owner: 'contoso',
      name: 'claims-analytics',
      defaultBranch: 'main',
      commits: [
        {
          message: 'feat: add the first notebooks',
          author: developer,
          daysAgo: 3,
          changes: [
            { kind: 'write', path: 'README.md', text: '# Claims\n' },
            { kind: 'write', path: 'workspace/Load claims.Notebook/.platform', text: item('Load claims') },
            { kind: 'write', path: 'workspace/Load claims.Notebook/notebook-content.py', text: 'rows = 1\nrows = 1\n' },
            { kind: 'write', path: 'workspace/Old.Notebook/.platform', text: item('Old') },
          ],
        },
        {
          message: 'fix: count the rows\n\nThe body says why.',
          author: { name: 'Data Engineer', email: 'data.engineer@contoso.example' },
          daysAgo: 0.5,
          changes: [
            {
              kind: 'replace',
              path: 'workspace/Load claims.Notebook/notebook-content.py',
              find: 'rows = 1',
              replace: 'rows = 2',
            },
            { kind: 'delete', path: 'workspace/Old.Notebook' },
          ],
        },
      ],
    },
  ],
}

/** Mounts parts on a loopback server of their own, as the simulator does. */
export async function mountParts(
  ...makers: readonly [folder: string, make: (context: PartContext) => Promise<Part>][]
): Promise<{ baseUrl: string; dataDir: string; contextOf(folder: string): PartContext; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-simulator-'))
  const parts: Part[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', baseUrl)
    try {
      for (const part of parts) if (await part.handle(request, response, url)) return
      response.writeHead(404).end()
    } catch (error) {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const contextOf = (folder: string): PartContext => {
    mkdirSync(join(dataDir, folder), { recursive: true })
    return { tenant: testingTenant, baseUrl, smtpPort: 0, dataDir: join(dataDir, folder), open: false }
  }
  for (const [folder, make] of makers) parts.push(await make(contextOf(folder)))
  return {
    baseUrl,
    dataDir,
    contextOf,
    async close() {
      for (const part of parts) await part.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
