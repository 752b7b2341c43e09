import { db } from '@/lib/db/client'
import { getReleases } from './handler'

export const GET = getReleases(db)
