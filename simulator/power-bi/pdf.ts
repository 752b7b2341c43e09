/** A small PDF document with one sheet for each page name; its title may be in any script. */
export function pdfDocument(title: string, pageNames: readonly string[]): Buffer {
  const firstPage = 5
  const kids = pageNames.map((_, index) => `${firstPage + index * 2} 0 R`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title ${unicodeText(title)} /Producer (Fabric simulator) >>`,
    ...pageNames.flatMap((name, index) => pageObjects(title, name, firstPage + index * 2 + 1)),
  ]
  return assemble(objects)
}

function pageObjects(title: string, name: string, contentNumber: number): string[] {
  const bars = [120, 180, 90, 210, 150].map((height, index) => `${90 + index * 70} 120 40 ${height} re f`)
  const content = [
    'BT /F1 24 Tf 60 520 Td',
    `${latinText(title)} Tj ET`,
    'BT /F1 14 Tf 60 490 Td',
    `${latinText(name)} Tj ET`,
    '0.2 0.4 0.7 rg',
    ...bars,
  ].join('\n')
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Resources << /Font << /F1 3 0 R >> >> /Contents ${contentNumber} 0 R >>`,
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
  ]
}

/** A string object in UTF-16 with its byte order mark. */
function unicodeText(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  return `<${bytes.toString('hex').toUpperCase()}>`
}

/** The base font knows Latin letters alone; others are shown as a question mark. */
function latinText(text: string): string {
  const latin = [...text].map(sign => (sign.charCodeAt(0) < 256 ? sign : '?')).join('')
  return `(${latin.replace(/[\\()]/g, sign => `\\${sign}`)})`
}

function assemble(objects: readonly string[]): Buffer {
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = text.length
  const entries = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`)
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
