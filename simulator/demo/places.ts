const overview = 'workspace/Claims overview.Report/definition/pages'
const operations = 'workspace/Claims operations.Report/definition/pages'
const development = 'workspace/Reserves development.Report/definition/pages'

/** Paths and page ids that more than one commit needs. */
export const places = {
  claimsTable: 'workspace/Claims.SemanticModel/definition/tables/Claims.tmdl',
  movementsTable: 'workspace/Reserves.SemanticModel/definition/tables/Reserve movements.tmdl',
  loadClaims: 'workspace/nb_load_claims.Notebook/notebook-content.py',
  buildReserves: 'workspace/nb_build_reserves.Notebook/notebook-content.py',
  checkQuality: 'workspace/nb_check_quality.Notebook/notebook-content.py',
  dailyLoad: 'workspace/pl_daily_load.DataPipeline/pipeline-content.json',
  monthEnd: 'workspace/pl_month_end.DataPipeline/pipeline-content.json',
  sparkCompute: 'workspace/env_claims.Environment/Setting/Sparkcompute.yml',
  publicLibraries: 'workspace/env_claims.Environment/Libraries/PublicLibraries/environment.yml',
  overview,
  overviewPages: `${overview}/pages.json`,
  overviewFirstPage: `${overview}/bbfaa1029713f4f1586f`,
  overviewLastPageId: '20889ce8fe68e831a61e',
  reservesPageId: 'ca6103b872773501f392',
  lineOfBusinessSlicerId: 'acb1e80996188f18b4ee',
  operations,
  operationsPages: `${operations}/pages.json`,
  operationsLastPageId: 'd288ba9d6e11dcc6d148',
  largeClaimsPageId: 'd77fcc65bb070a73dd97',
  releasedCard: `${development}/de38676ff02fc3b1ce8b/visuals/7b3d289f36ff85df1d2a/visual.json`,
  measures: 'docs/measures.md',
  operationsGuide: 'docs/operations.md',
} as const

/** A measure's lines in TMDL. */
export const measure = (documentation: string, name: string, expression: string, format: string, lineageTag: string) =>
  `\t/// ${documentation}\n\tmeasure '${name}' = ${expression}\n\t\tformatString: ${format}\n\t\tlineageTag: ${lineageTag}\n\n`
