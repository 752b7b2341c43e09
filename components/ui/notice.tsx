import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type NoticeTone = 'attention' | 'danger' | 'success' | 'info'

const tones: Record<NoticeTone, { frame: string; mark: string; icon: IconName }> = {
  attention: { frame: 'border-l-attention bg-attention-soft', mark: 'text-attention', icon: 'warning' },
  danger: { frame: 'border-l-danger bg-danger-soft', mark: 'text-danger', icon: 'cross' },
  success: { frame: 'border-l-success bg-success-soft', mark: 'text-success', icon: 'check' },
  info: { frame: 'border-l-progress bg-progress-soft', mark: 'text-progress', icon: 'info' },
}

type NoticeProps = {
  tone?: NoticeTone
  title?: ReactNode
  /** Announced politely when it appears after the page has loaded. */
  live?: boolean
  children?: ReactNode
}

export function Notice({ tone = 'attention', title, live = false, children }: NoticeProps) {
  const { frame, mark, icon } = tones[tone]
  return (
    <div
      role={live ? 'status' : undefined}
      className={clsx('mb-4 flex gap-2.5 rounded-md border border-l-3 px-3.5 py-2.5', frame)}
    >
      <Icon name={icon} className={clsx('mt-0.5 size-4', mark)} />
      <div className="min-w-0 max-w-[80ch]">
        {title && <strong className="font-semibold">{title} </strong>}
        {children}
      </div>
    </div>
  )
}
