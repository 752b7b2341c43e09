import { db } from '@/lib/db/client'
import { env } from '@/lib/env/env'
import { gitHubWebhook } from './handler'

export const POST = gitHubWebhook({ db, secret: () => env().GITHUB_WEBHOOK_SECRET })
