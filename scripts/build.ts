import { build } from './start/build'

/** `node scripts/start.mjs scripts/build.ts`: the pages and the database client, without starting anything. */
await build(line => console.log(line))
