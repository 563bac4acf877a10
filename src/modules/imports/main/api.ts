// What the command line and other modules may use of imports.
export {
  type FoundFault,
  importPaths,
  type ImportPathsOptions,
  type ImportProgress,
  type ImportSummary,
} from './import-paths.ts'
