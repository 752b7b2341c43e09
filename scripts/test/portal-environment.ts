import { demo } from '../../simulator/demo/tenant'
import type { TestDatabase } from './clone-database'
import type { SimulatedFabric } from './simulated-fabric'

/** The settings of a portal process on a test's own database and simulator. */
export const portalEnvironment = (
  database: Pick<TestDatabase, 'portalUrl'>,
  simulated: Pick<SimulatedFabric, 'url' | 'smtpPort'>,
): Record<string, string> => ({
  DATABASE_URL: database.portalUrl,
  BASE_URL: 'http://127.0.0.1:1',
  NEXTAUTH_SECRET: 'a secret for tests that is long enough to pass',
  ENTRA_TENANT_ID: demo.tenantId,
  ENTRA_CLIENT_ID: demo.applications.signIn.clientId,
  ENTRA_CLIENT_SECRET: demo.applications.signIn.secret,
  FABRIC_CLIENT_ID: demo.applications.fabric.clientId,
  FABRIC_CLIENT_SECRET: demo.applications.fabric.secret,
  ENTRA_AUTHORITY: simulated.url,
  FABRIC_API_URL: `${simulated.url}/v1`,
  POWER_BI_API_URL: `${simulated.url}/v1.0/myorg`,
  GRAPH_API_URL: `${simulated.url}/graph/v1.0`,
  GITHUB_API_URL: `${simulated.url}/github`,
  GITHUB_WEBHOOK_SECRET: 'a secret for tests that is long enough',
  SMTP_URL: `smtp://127.0.0.1:${simulated.smtpPort}`,
  LOG_LEVEL: 'warn',
})
