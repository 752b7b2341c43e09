import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'
import { type AnyStatus, statusLook, statusWord, type Tone } from './status-table'

const text: Record<Tone, string> = {
  neutral: 'text-ink-muted',
  progress: 'text-progress',
  attention: 'text-attention',
  success: 'text-success',
  danger: 'text-danger',
  done: 'text-ink-muted',
}

const soft: Record<Tone, string> = {
  neutral: 'bg-sunken',
  progress: 'bg-progress-soft',
  attention: 'bg-attention-soft',
  success: 'bg-success-soft',
  danger: 'bg-danger-soft',
  done: 'bg-sunken',
}

type StatusProps = AnyStatus & {
  /** For statuses that count: criteria unmet, releases behind. */
  count?: number
  /** What goes on behind the word: "2 of 3", "leak". */
  detail?: ReactNode
  /** On a soft ground, for the head of a page or an environment. */
  pill?: boolean
  /** Shape above the word, for the gates on the path. */
  stacked?: boolean
}

/** Shape + word + tone; the same status looks the same everywhere. Never clickable. */
export function Status({ count, detail, pill = false, stacked = false, ...status }: StatusProps) {
  const { shape, tone } = statusLook(status)
  return (
    <span
      className={clsx(
        'inline-flex items-center',
        text[tone],
        stacked ? 'flex-row gap-1.5 md:flex-col md:gap-0.5' : 'gap-1.5',
        pill && ['rounded-full py-px pr-2 pl-1.5 text-xs leading-[1.125rem] font-medium', soft[tone]],
      )}
    >
      <Icon name={shape} className={clsx(stacked ? 'size-5' : 'size-3.5', shape === 'arc' && 'spin')} />
      <span>
        {statusWord(status, count)}
        {detail !== undefined && <>, {detail}</>}
      </span>
    </span>
  )
}
