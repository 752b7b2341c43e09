'use client'

import { Broken, type BrokenProps } from '@/components/shell/broken'
import { PlainPage } from '@/components/shell/plain-page'

export default function ErrorPage(props: BrokenProps) {
  return (
    <PlainPage>
      <Broken {...props} />
    </PlainPage>
  )
}
