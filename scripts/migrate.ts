import { migrate } from './database/migrate'

/** `npm run migrate`: for a database of your own. */
const url = process.env.DATABASE_OWNER_URL
if (!url) {
  console.error('DATABASE_OWNER_URL is not set. Example: postgresql://owner:password@db.example:5432/gatehouse')
  process.exit(1)
}
const { applied } = await migrate(url)
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
