import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { MailMessage } from './messages'

const largestMessage = 25 * 1024 * 1024

/** Listens for SMTP on loopback without sign-in or TLS. Port 0 takes any free one. */
export async function startSmtp(
  port: number,
  isRefusing: () => boolean,
  take: (message: Omit<MailMessage, 'id'>) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largestMessage,
    closeTimeout: 500,
    onMailFrom: (_address, _session, callback) =>
      isRefusing() ? callback(refusal(451, '4.3.2 The system is not accepting messages.')) : callback(),
    onData(stream, session, callback) {
      receive(stream, session).then(
        message => {
          if (stream.sizeExceeded) return callback(refusal(552, '5.3.4 The message is too large.'))
          take(message)
          callback()
        },
        (error: Error) => callback(error),
      )
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise(resolve => server.close(resolve)),
  }
}

async function receive(stream: Readable, session: SMTPServerSession): Promise<Omit<MailMessage, 'id'>> {
  const parsed = await simpleParser(stream)
  const { mailFrom, rcptTo } = session.envelope
  return {
    receivedAt: new Date().toISOString(),
    sender: mailFrom ? mailFrom.address : '',
    recipients: rcptTo.map(recipient => recipient.address),
    from: parsed.from?.text ?? '',
    to: addresses(parsed.to),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html: parsed.html || null,
    headers: parsed.headerLines.map(({ key, line }) => ({ name: key, line })),
    attachments: parsed.attachments.map(({ filename, contentType, content }) => ({
      filename: filename ?? 'attachment',
      contentType,
      text: contentType.startsWith('text/') ? content.toString() : `${content.length} bytes`,
    })),
  }
}

const addresses = (to: AddressObject | AddressObject[] | undefined) =>
  [to ?? []]
    .flat()
    .map(address => address.text)
    .join(', ')

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
