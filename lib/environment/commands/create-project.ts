import { z } from 'zod'
import { authorise } from '@/lib/access/authorise'
import { command } from '@/lib/audit/command'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/db/context'
import { hops } from '@/lib/environment/hop'
import { isNamePart } from '@/lib/environment/naming'
import { newId } from '@/lib/kernel/ids'
import { ok, type Result, refuse } from '@/lib/kernel/result'

const part = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give the ${what}.`)
    .max(60, `The ${what} may have 60 characters at most.`)
    .refine(isNamePart, `The ${what} has to be one word of letters and digits, such as Claims.`)

export const createProjectSchema = z.object({ project: part('project'), domain: part('domain') })
export type CreateProject = z.output<typeof createProjectSchema>

/** Makes a project `[Project]-[Domain]` with its three hops and no environment yet. */
export async function createProject(ctx: Context, input: CreateProject): Promise<Result<{ slug: string }>> {
  return command(ctx, { name: 'create a project' }, async (tx, now) => {
    const allowed = await authorise(tx, ctx.actor, null, 'link-environments', 'create a project')
    if (!allowed.ok) return allowed
    const name = `${input.project}-${input.domain}`
    const slug = name.toLowerCase()
    const id = newId(now)
    const { count } = await tx.project.createMany({ data: { id, name, slug, createdAt: now }, skipDuplicates: true })
    if (count === 0) return refuse('conflict', `There is a project ${name} already.`)
    await tx.hop.createMany({ data: hops.map(hop => ({ id: newId(now), projectId: id, hop })) })
    await record(tx, ctx.actor, { action: 'project.created', projectId: id, details: { name } })
    return ok({ slug })
  })
}
