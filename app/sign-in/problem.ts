type Problem = { readonly title: string; readonly whatToDo: string }

const again = 'Try again. If it stays so, tell the administrator of the portal.'

const problems: Readonly<Record<string, Problem>> = {
  'other-tenant': {
    title: 'You signed in with an account of another organisation.',
    whatToDo: 'This portal lets in people of one organisation only. Sign in with your account there.',
  },
  incomplete: {
    title: 'Entra ID did not say who you are.',
    whatToDo: 'The sign-in lacked your directory or object id. Tell the administrator of the portal.',
  },
  disabled: {
    title: 'You may no longer sign in here.',
    whatToDo: 'An administrator of the portal has closed your access. Ask them if that is a mistake.',
  },
  OAuthSignin: { title: 'Entra ID could not be reached.', whatToDo: again },
  OAuthCallback: {
    title: 'The sign-in did not complete.',
    whatToDo:
      'It was cancelled, took too long, or its answer was not one that this portal may accept, such as that of another organisation. Try again.',
  },
  Callback: {
    title: 'The sign-in did not complete.',
    whatToDo: `It was cancelled at Entra ID, or could not be saved here. ${again}`,
  },
  AccessDenied: { title: 'Entra ID did not let you in.', whatToDo: 'Ask the administrator of the portal for access.' },
}

/** The words for what next-auth or the portal says went wrong; null when nothing did. */
export function signInProblem(code: unknown): Problem | null {
  if (typeof code !== 'string' || code === '') return null
  const known = Object.hasOwn(problems, code) ? problems[code] : undefined
  return known ?? { title: 'You could not be signed in.', whatToDo: again }
}
