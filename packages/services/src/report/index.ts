export { buildReport } from './build-report.ts'
export { exportForResearch, exportReport } from './export-report.ts'
