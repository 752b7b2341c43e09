import { cache } from 'react'
import { listOpenTickets } from '@/lib/insight/queries'

/** The open tickets that the person may read, with their gates; once a request, for the shell and the page. */
export const openTickets = cache(listOpenTickets)
