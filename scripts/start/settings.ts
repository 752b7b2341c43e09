import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demo } from '../../simulator/demo/ids'
import { freePort } from '../process/free-port'

/** What a start without settings of its own keeps in its data folder: ports and secrets, so that the next start finds the same. */
type Kept = {
  readonly postgresPort: number
  readonly simulatorPort: number
  readonly smtpPort: number
  readonly nextAuthSecret: string
  readonly webhookSecret: string
}

/** The settings that say "this is a real Fabric": with one of them set, all are needed and nothing of the simulator starts. */
const realSettings = [
  'ENTRA_TENANT_ID',
  'ENTRA_CLIENT_ID',
  'FABRIC_CLIENT_ID',
  'FABRIC_API_URL',
  'ENTRA_AUTHORITY',
] as const

export const isSimulated = (env: NodeJS.ProcessEnv): boolean => realSettings.every(name => !env[name])

export async function keptIn(dataDir: string): Promise<Kept> {
  const path = join(dataDir, 'settings.json')
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8'))
  const kept: Kept = {
    postgresPort: await freePort(),
    simulatorPort: await freePort(),
    smtpPort: await freePort(),
    nextAuthSecret: randomBytes(48).toString('base64'),
    webhookSecret: randomBytes(24).toString('hex'),
  }
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, JSON.stringify(kept, null, 2), { mode: 0o600 })
  return kept
}

/** The portal's settings when the simulator stands in for Fabric, Power BI, Entra, Graph, GitHub and SMTP. */
export function simulatedEnv(kept: Kept, baseUrl: string): Record<string, string> {
  const simulator = `http://127.0.0.1:${kept.simulatorPort}`
  return {
    BASE_URL: baseUrl,
    NEXTAUTH_SECRET: kept.nextAuthSecret,
    ENTRA_TENANT_ID: demo.tenantId,
    ENTRA_CLIENT_ID: demo.applications.signIn.clientId,
    ENTRA_CLIENT_SECRET: demo.applications.signIn.secret,
    ENTRA_AUTHORITY: simulator,
    FABRIC_CLIENT_ID: demo.applications.fabric.clientId,
    FABRIC_CLIENT_SECRET: demo.applications.fabric.secret,
    FABRIC_API_URL: `${simulator}/v1`,
    POWER_BI_API_URL: `${simulator}/v1.0/myorg`,
    GRAPH_API_URL: `${simulator}/graph/v1.0`,
    GITHUB_API_URL: `${simulator}/github`,
    GITHUB_WEBHOOK_SECRET: kept.webhookSecret,
    SMTP_URL: `smtp://127.0.0.1:${kept.smtpPort}`,
    TEAMS_WEBHOOK_URL: `${simulator}/teams/webhook/releases`,
  }
}
