import { z } from 'zod'
import { newId } from '../store/ids'

const error = {
  status: z.number().int().min(400).max(599).default(500),
  errorCode: z.string().default('InternalServerError'),
  message: z.string().default('A fault was set by the control API'),
  retryAfterSeconds: z.number().int().min(0).optional(),
  isRetriable: z.boolean().optional(),
}

export const effectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), ...error }),
  z.object({ kind: z.literal('act-then-status'), ...error }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('act-then-drop') }),
  z.object({ kind: z.literal('delay'), delayMs: z.number().int().min(0) }),
  z.object({ kind: z.literal('truncate'), bytes: z.number().int().min(0).default(10) }),
  z.object({ kind: z.literal('body'), status: z.number().int().default(200), text: z.string() }),
  z.object({ kind: z.literal('no-location') }),
  z.object({
    kind: z.literal('operation-fails'),
    errorCode: z.string().default('InternalServerError'),
    message: z.string().default('The operation failed'),
    /** The work is done nevertheless. */
    acts: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('operation-hangs') }),
  z.object({
    kind: z.literal('deploy-stops'),
    afterItems: z.number().int().min(0),
    errorCode: z.string().default('InternalServerError'),
    message: z.string().default('The deployment of the item failed'),
  }),
  z.object({
    kind: z.literal('job-ends'),
    status: z.string(),
    message: z.string().default('Job instance failed without detail error'),
  }),
])

export type Effect = z.infer<typeof effectSchema>

export const faultSchema = z.object({
  match: z.object({
    method: z.string().optional(),
    /** A regular expression over the path, letter case ignored; no valid one is taken as plain text. */
    pathPattern: z.string().default(''),
    times: z.number().int().min(1).nullable().default(1),
    afterCalls: z.number().int().min(0).default(0),
  }),
  effect: effectSchema,
})

export type Fault = z.infer<typeof faultSchema> & {
  readonly id: string
  readonly seen: number
  readonly used: number
}

export class Faults {
  private readonly faults = new Map<string, Fault>()

  add(fault: z.infer<typeof faultSchema>): Fault {
    const added = { ...fault, id: newId(), seen: 0, used: 0 }
    this.faults.set(added.id, added)
    return added
  }

  list(): Fault[] {
    return [...this.faults.values()]
  }

  get(id: string): Fault | undefined {
    return this.faults.get(id)
  }

  remove(id: string): boolean {
    return this.faults.delete(id)
  }

  clear(): void {
    this.faults.clear()
  }

  /** The effect for a call, counting it; the oldest fault that still applies wins. */
  take(method: string, path: string): Effect | null {
    let taken: Effect | null = null
    for (const fault of this.faults.values()) {
      if (!matches(fault, method, path)) continue
      const applies = taken === null && fault.seen >= fault.match.afterCalls && hasUsesLeft(fault)
      if (applies) taken = fault.effect
      this.faults.set(fault.id, { ...fault, seen: fault.seen + 1, used: fault.used + (applies ? 1 : 0) })
    }
    return taken
  }
}

const hasUsesLeft = (fault: Fault): boolean => fault.match.times === null || fault.used < fault.match.times

function matches(fault: Fault, method: string, path: string): boolean {
  const { match } = fault
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false
  try {
    return new RegExp(match.pathPattern, 'i').test(path)
  } catch {
    return path.toLowerCase().includes(match.pathPattern.toLowerCase())
  }
}
