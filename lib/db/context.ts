import type { Actor } from '@/lib/kernel/context'
import type { Db } from './client'

/** What a command or a query is given: who asks, and the database. Time comes from the database (`withTransaction`). */
export type Context = { readonly actor: Actor; readonly db: Db }
