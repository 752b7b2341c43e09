import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startSimulator } from './server'
import type { Tenant } from './tenant'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'smtp-port': { type: 'string', default: '0' },
    data: { type: 'string' },
    tenant: { type: 'string', default: path.join(import.meta.dirname, 'demo', 'tenant.ts') },
    open: { type: 'boolean', default: false },
    'base-url': { type: 'string' },
  },
})

const usage = 'simulator/main.ts --port P --smtp-port S --data DIR [--tenant FILE] [--open] [--base-url URL]'
if (values.port === undefined || values.data === undefined) {
  console.error(`--port and --data are needed: ${usage}`)
  process.exit(2)
}

const tenantFile = path.resolve(values.tenant)
const { tenant } = (await import(pathToFileURL(tenantFile).href)) as { tenant: Tenant }
const dataDir = path.resolve(values.data)
mkdirSync(dataDir, { recursive: true })
const simulator = await startSimulator({
  port: Number(values.port),
  smtpPort: Number(values['smtp-port']),
  dataDir,
  tenant,
  tenantDirectory: path.dirname(tenantFile),
  open: values.open,
  ...(values['base-url'] !== undefined && { baseUrl: values['base-url'].replace(/\/$/, '') }),
})
console.log(`simulator ready on ${simulator.url}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.stop().then(() => process.exit(0)))
}
