import type { Tenant } from '../tenant'
import { commits } from './commits'
import { demo } from './ids'
import { groups, people } from './people'
import { capacities, connections, deploymentPipelines, workspaces } from './workspaces'

export { demo } from './ids'

/** The demo's tenant. Folders in it (`itemsFrom`, `copy-folder`) are relative to this module's folder. */
export const tenant: Tenant = {
  tenantId: demo.tenantId,
  applications: [
    {
      clientId: demo.applications.signIn.clientId,
      clientSecret: demo.applications.signIn.secret,
      objectId: demo.applications.signIn.objectId,
      displayName: 'Gatehouse',
      signsPeopleIn: true,
    },
    {
      clientId: demo.applications.fabric.clientId,
      clientSecret: demo.applications.fabric.secret,
      objectId: demo.applications.fabric.objectId,
      displayName: 'Gatehouse service identity',
      signsPeopleIn: false,
    },
  ],
  groups,
  people,
  capacities,
  connections,
  workspaces,
  deploymentPipelines,
  repositories: [
    {
      owner: demo.repository.owner,
      name: demo.repository.name,
      defaultBranch: demo.repository.branch,
      commits,
    },
  ],
}
