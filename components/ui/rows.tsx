import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import { VisuallyHidden } from './visually-hidden'

export type RowState = 'met' | 'open' | 'failing' | 'running' | 'waiting' | 'plain'

const states: Record<RowState, { icon: IconName; tone: string; word: string }> = {
  met: { icon: 'check', tone: 'text-success', word: 'Met' },
  open: { icon: 'dashed', tone: 'text-attention', word: 'Open' },
  failing: { icon: 'cross', tone: 'text-danger', word: 'Failing' },
  running: { icon: 'arc', tone: 'text-progress spin', word: 'Running' },
  waiting: { icon: 'minus', tone: 'text-ink-faint', word: 'Cannot start yet' },
  plain: { icon: 'dot', tone: 'text-ink-faint', word: '' },
}

export function Rows({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y">
      {children}
    </ul>
  )
}

type RowProps = {
  state?: RowState
  /** Replaces the mark of the state, e.g. `calendar`. */
  icon?: IconName
  title: ReactNode
  href?: string
  /** One quiet line under the title: evidence, or why it is open. */
  note?: ReactNode
  /** Who, when. */
  right?: ReactNode
  /** Who can clear it, with links or a form; stays outside the row's own link. */
  children?: ReactNode
  id?: string
}

/** One line of a checklist or inbox. The whole row is a link when it has an `href`; a waiting row never is. */
export function Row({ state = 'plain', icon, title, href, note, right, children, id }: RowProps) {
  const { icon: ownIcon, tone, word } = states[state]
  const settled = state === 'met' || state === 'waiting'
  const titleStyle = clsx(
    state === 'open' || state === 'failing' ? 'font-semibold text-ink' : settled ? 'text-ink-faint' : 'text-ink',
  )
  return (
    <li
      id={id}
      className={clsx(
        'relative grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 px-4 py-2.5',
        href && state !== 'waiting' && 'hover:bg-hover',
      )}
    >
      <Icon name={icon ?? ownIcon} className={clsx('mt-0.5 size-4', tone)} />
      <div className="min-w-0 wrap-break-word">
        {href && state !== 'waiting' ? (
          <Link href={href} className={clsx(titleStyle, 'after:absolute after:inset-0 hover:no-underline')}>
            {title}
          </Link>
        ) : (
          <span className={titleStyle}>{title}</span>
        )}
        {word && <VisuallyHidden> ({word})</VisuallyHidden>}
        {note && <div className={clsx('text-xs', settled ? 'text-ink-faint' : 'text-ink-muted')}>{note}</div>}
      </div>
      {right ? (
        <div className="max-w-40 text-right text-xs text-ink-muted sm:max-w-none sm:whitespace-nowrap">{right}</div>
      ) : (
        <span />
      )}
      {children && <div className="relative z-1 col-span-2 col-start-2 text-sm text-ink-muted">{children}</div>}
    </li>
  )
}
