import { createTransport } from 'nodemailer'

export type Mail = {
  /** Of the row that is sent: the Message-ID is made of it, so that the same row sent again is the same message. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Mails with the same thread stand together in a mail client. */
  readonly thread: string
}

export type MailSettings = { readonly url: string; readonly from: string; readonly timeoutMs?: number }

/** Sends one mail to one address; resolves when the server has taken it, and throws when it has not. */
export type Mailer = (mail: Mail) => Promise<void>

const usualTimeoutMs = 20_000

export function openMailer({ url, from, timeoutMs = usualTimeoutMs }: MailSettings): Mailer {
  const transport = createTransport(withTimeouts(url, timeoutMs))
  const sender = addressIn(from)
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  return async ({ id, to, subject, text, html, thread }) => {
    const inHeaders = { id, to, subject, thread, from }
    for (const [name, value] of Object.entries(inHeaders)) refuseControls(name, value)
    await transport.sendMail({
      from,
      to: { name: '', address: to },
      envelope: { from: sender, to: [to] },
      messageId: `<${id}@${domain}>`,
      references: `<${thread}@${domain}>`,
      subject,
      text,
      html,
      disableFileAccess: true,
      disableUrlAccess: true,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
}

/** nodemailer reads its options from the address alone, when it is given one. */
function withTimeouts(address: string, timeoutMs: number): string {
  const url = new URL(address)
  for (const name of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(timeoutMs))
  }
  return url.href
}

/** `Gatehouse <gatehouse@portal.example>` or the address alone. */
function addressIn(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()
}

function refuseControls(name: string, value: string): void {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) throw new Error(`the ${name} of a mail holds a control character`)
}
