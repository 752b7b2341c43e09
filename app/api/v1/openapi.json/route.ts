import { env } from '@/lib/env/env'
import { json } from '@/lib/http/problem'
import { openApi } from '../openapi'

export const dynamic = 'force-dynamic'

export const GET = () => json(openApi(env().BASE_URL))
