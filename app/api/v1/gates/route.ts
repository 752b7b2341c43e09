import { db } from '@/lib/db/client'
import { getGates } from './handler'

export const GET = getGates(db)
