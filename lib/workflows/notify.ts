import { DBOS } from '@dbos-inc/dbos-sdk'
import { type Db, db } from '@/lib/db/client'
import { env } from '@/lib/env/env'
import { type Mailer, openMailer } from '@/lib/mail/mailer'
import type { WorkflowPayloads } from '@/lib/queue/workflows'
import { deliverMails } from './notification/deliver'
import { settle } from './notification/settle'
import { writeMails } from './notification/write-mails'
import { done, step } from './promotion/step'

/** How long to wait before each further try. */
export const usualBackOffMs: readonly number[] = [1_000, 5_000, 30_000, 300_000]

export type Outside = {
  readonly db: Db
  readonly send: Mailer
  readonly baseUrl: string
  readonly backOffMs: readonly number[]
}

/** The workflow `notify`: tells people of an event of a ticket by mail. Nothing waits for it. */
export async function notify(payload: WorkflowPayloads['notify']): Promise<void> {
  const { SMTP_URL: url, MAIL_FROM: from, BASE_URL: baseUrl } = env()
  await tell({ db: db(), send: openMailer({ url, from }), baseUrl, backOffMs: usualBackOffMs }, payload)
}

/** Writes the mails, tries each until it is taken or the last back-off has passed, and settles; a restart goes on where it was. */
export async function tell(outside: Outside, payload: WorkflowPayloads['notify']): Promise<void> {
  const { db, send, baseUrl, backOffMs } = outside
  const ids = await checkpointed('write the mails', () => writeMails(db, payload, baseUrl))
  for (const waitMs of [0, ...backOffMs]) {
    if (waitMs > 0) await DBOS.sleep(waitMs)
    const left = await checkpointed('send the mails', () => deliverMails(db, send, ids, baseUrl))
    if (left === 0) break
  }
  await checkpointed('settle', () => settle(db, payload, ids))
}

async function checkpointed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const result = await step(name, async () => done(await work()))
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
