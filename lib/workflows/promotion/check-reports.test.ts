import { expect, test } from 'vitest'
import { judgeDocument } from './check-reports'

const document = (start: string, filling: number, end: string) =>
  new Uint8Array(Buffer.from(`${start}${'x'.repeat(filling)}${end}`))

test.each([
  [true, document('%PDF-1.7\n', 2_000, '\n%%EOF\n')],
  [false, document('<html>', 2_000, '%%EOF')],
  [false, document('%PDF-1.7\n', 2_000, '')],
  [false, document('%PDF-1.7\n', 10, '%%EOF')],
  [false, new Uint8Array()],
])('%s', (passed, bytes) => expect(judgeDocument(bytes).passed).toBe(passed))
