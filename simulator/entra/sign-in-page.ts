import type { Tenant } from '../tenant'
import { escapeHtml, page } from './page'

/** One button for each person of the tenant; the form goes to the address of the page itself. */
export function signInPage(tenant: Tenant, applicationName: string): string {
  const people = tenant.people.map(
    person => `<li><button class="row" type="submit" name="person" value="${escapeHtml(person.objectId)}">
<strong>${escapeHtml(person.displayName)}</strong>
<span>${escapeHtml(person.comesFor)}</span>
<span class="muted">${escapeHtml(person.mail)}</span></button></li>`,
  )
  return page(
    'Pick who signs in',
    'Entra ID',
    `<p class="muted">${escapeHtml(applicationName)} asks who you are. There is no password here: choose a person and go on as them.</p>
<form method="post"><ul class="rows">${people.join('\n')}</ul></form>`,
    '480px',
  )
}
