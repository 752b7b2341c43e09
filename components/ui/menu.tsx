import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { type ButtonSize, buttonStyle } from './button-style'
import { Icon } from './icon'

type MenuProps = {
  /** Names the menu: "Actions for CHG-0142". Shown only when `text` is missing as a tooltip. */
  label: string
  /** Visible text of the button; three dots when missing. */
  text?: ReactNode
  size?: ButtonSize
  children: ReactNode
}

/** A popover of links and buttons: opens, closes on Escape or a click outside, and gives focus back without script. */
export function Menu({ label, text, size = 'sm', children }: MenuProps) {
  const id = useId()
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={text ? undefined : label}
        title={text ? undefined : label}
        className={buttonStyle(text ? 'plain' : 'quiet', size)}
      >
        {text ?? <Icon name="more" />}
      </button>
      <div
        id={id}
        popover="auto"
        className="menu-panel max-w-[calc(100vw-2rem)] min-w-44 rounded-md border bg-surface p-1 text-ink shadow-float"
      >
        <ul aria-label={label}>{children}</ul>
      </div>
    </>
  )
}

const itemStyle =
  'flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-sm px-2 text-left whitespace-nowrap hover:bg-sunken hover:no-underline'

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link href={href} className={itemStyle}>
        {children}
      </Link>
    </li>
  )
}

type MenuButtonProps = { children: ReactNode; danger?: boolean; form?: string; name?: string; value?: string }

/** A submit button: put the menu inside the form, or name the form's id. */
export function MenuButton({ children, danger = false, ...rest }: MenuButtonProps) {
  return (
    <li>
      <button type="submit" {...rest} className={danger ? `${itemStyle} text-danger` : itemStyle}>
        {children}
      </button>
    </li>
  )
}
