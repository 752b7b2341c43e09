'use client'

import { Broken, type BrokenProps } from '@/components/shell/broken'

export default function PortalError(props: BrokenProps) {
  return <Broken {...props} />
}
