import { checkHealth } from '@/lib/http/health'
import manifest from '@/package.json'

export async function GET(): Promise<Response> {
  const checks = await checkHealth()
  const isWell = Object.values(checks).every(check => check === 'ok')
  const body = { status: isWell ? 'ok' : 'failing', version: manifest.version, checks }
  return Response.json(body, { status: isWell ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
