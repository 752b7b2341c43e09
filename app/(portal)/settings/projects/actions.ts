'use server'

import { createProject, createProjectSchema } from '@/lib/environment/commands/create-project'
import { linkEnvironment, linkEnvironmentSchema } from '@/lib/environment/commands/link-environment'
import { unlinkEnvironment, unlinkEnvironmentSchema } from '@/lib/environment/commands/unlink-environment'
import { workspaceDirectory } from '@/lib/fabric/workspace-directory'
import { action } from '@/lib/http/action'

export const createProjectAction = action(createProjectSchema, createProject, {
  to: ({ slug }) => `/settings/projects/${slug}`,
})

export const linkEnvironmentAction = action(linkEnvironmentSchema, (ctx, input) =>
  linkEnvironment(ctx, input, workspaceDirectory()),
)

export const unlinkEnvironmentAction = action(unlinkEnvironmentSchema, unlinkEnvironment)
