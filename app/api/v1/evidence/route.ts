import { db } from '@/lib/db/client'
import { postEvidence } from './handler'

export const POST = postEvidence(db)
