const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, character => escapes[character] ?? '')

const factLine = /^([A-Z][A-Za-z ]{0,30}): (.+)$/
const font = "font:15px/1.5 'Segoe UI',system-ui,sans-serif"

/**
 * The same words as simple HTML. No colours but the reader's own, so that it reads in light and dark; no images, nothing fetched.
 * Only `link`, the address of the ticket, becomes a link.
 */
export function htmlOf(mail: { readonly subject: string; readonly text: string }, link: string): string {
  const blocks = mail.text
    .trim()
    .split(/\n{2,}/)
    .map(block => blockOf(block, link))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(mail.subject)}</title></head>
<body style="${font}"><div style="max-width:600px">
${blocks.join('\n')}
</div></body></html>
`
}

function blockOf(block: string, link: string): string {
  const lines = block.split('\n')
  if (link !== '' && block.endsWith(`: ${link}`) && lines.length === 1)
    return `<p><a href="${escaped(link)}">${escaped(block.slice(0, -link.length - 2))}</a><br>${escaped(link)}</p>`
  const facts = lines.map(line => factLine.exec(line))
  if (lines.length > 1 && facts.every(fact => fact !== null)) {
    const rows = facts.map(
      ([, label = '', value = '']) =>
        `<tr><td style="${font};padding:1px 16px 1px 0;vertical-align:top">${escaped(label)}</td><td style="${font};padding:1px 0;vertical-align:top"><b>${escaped(value)}</b></td></tr>`,
    )
    return `<table role="presentation" cellpadding="0" cellspacing="0">${rows.join('')}</table>`
  }
  const first = lines.findIndex(line => line.startsWith('- '))
  if (first >= 0 && lines.slice(first).every(line => line.startsWith('- '))) {
    const items = lines.slice(first).map(line => `<li>${escaped(line.slice(2))}</li>`)
    const intro = first > 0 ? `<p>${lines.slice(0, first).map(escaped).join('<br>')}</p>` : ''
    return `${intro}<ul>${items.join('')}</ul>`
  }
  return `<p>${lines.map(escaped).join('<br>')}</p>`
}
