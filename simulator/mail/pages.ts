import { escapeHtml, page, when } from '../entra/page'
import type { MailMessage } from './messages'

export function mailListPage(messages: readonly MailMessage[]): string {
  const rows = messages.map(
    message => `<li><a class="row" href="/_sim/mail/${message.id}"><strong>${escapeHtml(message.subject || '(no subject)')}</strong>
<span>To ${escapeHtml(message.recipients.join(', '))}</span>
<span class="muted">${when(message.receivedAt)}, from ${escapeHtml(message.from)}</span></a></li>`,
  )
  const list =
    rows.length === 0
      ? '<p>No mail has come yet. What the portal sends appears here.</p>'
      : `<ul class="rows">${rows.join('\n')}</ul>`
  return page(
    'Mail that was sent',
    'a mail server',
    `<p class="muted">${messages.length} messages, newest first. Nothing leaves this machine.</p>${list}`,
  )
}

export function mailMessagePage(message: MailMessage): string {
  const facts = [
    ['From', escapeHtml(message.from)],
    ['To', escapeHtml(message.to)],
    ['Delivered to', escapeHtml(message.recipients.join(', '))],
    ['Received', when(message.receivedAt)],
    ['Message id', `<span class="mono">${escapeHtml(message.messageId)}</span>`],
  ].map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  const attachments = message.attachments.map(
    ({ filename, contentType, text }) =>
      `<h2>${escapeHtml(filename)}</h2><p class="muted">${escapeHtml(contentType)}</p><pre>${escapeHtml(text)}</pre>`,
  )
  return page(
    message.subject || '(no subject)',
    'a mail server',
    `<p><a href="/_sim/mail">All mail</a></p><section class="panel"><dl>${facts.join('')}</dl></section>
<pre>${escapeHtml(message.text)}</pre>${attachments.join('')}`,
  )
}
