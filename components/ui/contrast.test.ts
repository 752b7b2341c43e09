import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('app/globals.css', 'utf8')
const token = /--color-([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g
const tokens = new Map(Array.from(css.matchAll(token), ([, name, light, dark]) => [name, { light, dark }]))

function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(' ').map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front: string, back: string, theme: 'light' | 'dark'): number {
  const [one = 0, two = 0] = [front, back].map(name => luminance(tokens.get(name)?.[theme] ?? 'missing'))
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
}

const grounds = ['canvas', 'surface', 'sunken', 'hover']
const tones = ['progress', 'attention', 'success', 'danger', 'accent']
const text = [
  ...['ink', 'ink-muted', 'ink-faint', ...tones].flatMap(front => grounds.map(back => [front, back] as const)),
  ...tones.flatMap(tone => ['ink', 'accent', tone].map(front => [front, `${tone}-soft`] as const)),
  ...['accent', 'accent-hover'].map(back => ['accent-ink', back] as const),
  ...['danger', 'danger-hover'].map(back => ['danger-ink', back] as const),
]

describe.each(['light', 'dark'] as const)('%s', theme => {
  it.each(text)('text %s on %s reads (4.5)', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(grounds)('the edge of a control shows on %s (3)', back => {
    expect(contrast('line-strong', back, theme)).toBeGreaterThanOrEqual(3)
  })
})
