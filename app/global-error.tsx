'use client'

import type { BrokenProps } from '@/components/shell/broken'
import ErrorPage from './error'
import './globals.css'

export default function GlobalError(props: BrokenProps) {
  return (
    <html lang="en">
      <head>
        <title>Error · Gatehouse</title>
      </head>
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
