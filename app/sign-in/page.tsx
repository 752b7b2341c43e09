import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PlainPage } from '@/components/shell/plain-page'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Region } from '@/components/ui/region'
import { csrfToken } from '@/lib/access/csrf'
import { ownAddress } from '@/lib/access/own-address'
import { currentContext } from '@/lib/access/session'
import { env } from '@/lib/env/env'
import { signInProblem } from './problem'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Readonly<Record<string, string | string[] | undefined>>

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  const callbackUrl = ownAddress(search.callbackUrl, env().BASE_URL)
  const problem = signInProblem(search.error)
  const { actor } = await currentContext()
  if (actor.kind === 'person' && !problem) redirect(callbackUrl)
  const token = await csrfToken()
  if (!token && !search.asked) redirect(firstVisit(callbackUrl, search.error))
  return (
    <PlainPage>
      {problem && (
        <Notice tone="danger" title={problem.title} live>
          {problem.whatToDo}
        </Notice>
      )}
      {search.out && (
        <Notice tone="success" live>
          You are signed out.
        </Notice>
      )}
      <Region padded label="Sign in">
        <h1 className="mb-1 text-2xl font-semibold tracking-tight">Sign in</h1>
        <p className="mb-4 text-ink-muted">
          See what waits for you, sign off, approve and promote releases. You use the account of your organisation.
        </p>
        {token ? <SignInForm token={token} callbackUrl={callbackUrl} /> : <NoCookies />}
        {isSimulated() && (
          <p className="mt-4 border-t pt-3 text-xs text-ink-muted">
            This portal runs on the simulator: the people to sign in as appear next, and there is no password.
          </p>
        )}
      </Region>
    </PlainPage>
  )
}

function SignInForm({ token, callbackUrl }: { token: string; callbackUrl: string }) {
  return (
    <form method="post" action="/api/auth/signin/azure-ad">
      <input type="hidden" name="csrfToken" value={token} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <Button type="submit" variant="primary">
        Sign in with Microsoft Entra ID
      </Button>
    </form>
  )
}

function NoCookies() {
  return (
    <Notice title="Your browser kept no cookie of this portal.">
      Signing in needs one. Allow cookies for this address, then <a href="/sign-in">try again</a>.
    </Notice>
  )
}

/** next-auth gives the browser its cookies there, and sends it back here. */
function firstVisit(callbackUrl: string, error: string | string[] | undefined): string {
  const query = new URLSearchParams({ callbackUrl })
  if (typeof error === 'string') query.set('error', error)
  return `/api/auth/signin?${query}`
}

const isSimulated = () => new URL(env().ENTRA_AUTHORITY).protocol === 'http:'
