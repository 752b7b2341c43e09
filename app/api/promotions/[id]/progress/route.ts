import { currentContext } from '@/lib/access/session'
import { env } from '@/lib/env/env'
import { getProgress } from './handler'

export const GET = getProgress({ context: currentContext, databaseUrl: () => env().DATABASE_URL })
