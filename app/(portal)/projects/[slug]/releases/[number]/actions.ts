'use server'

import { action } from '@/lib/http/action'
import { ticketNumber } from '@/lib/kernel/ticket-number'
import { RequestDeployment, requestDeployment } from '@/lib/ticket/commands/request-deployment'

export const requestDeploymentAction = action(RequestDeployment, requestDeployment, {
  to: ({ number }) => `/tickets/${ticketNumber(number)}`,
})
