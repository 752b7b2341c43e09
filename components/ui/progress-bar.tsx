type ProgressBarProps = {
  label: string
  value: number
  max?: number
  /** What it means in words: "14 of 18 items". */
  text?: string
}

export function ProgressBar({ label, value, max = 100, text }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="my-1.5 h-1.5 max-w-105 overflow-hidden rounded-full bg-line"
    >
      <div className="h-full bg-progress transition-[width] duration-300" style={{ width: `${share * 100}%` }} />
    </div>
  )
}
