import type {OutputValues} from '../flags/output.js'

/** Formats that never show `metadata.managedFields`. */
const BRIEF = ['', 'wide', 'name']
/** Formats that show them on request only. */
const WHOLE = ['json', 'yaml', 'kyaml']

/** Whether what is printed may show `metadata.managedFields`: templates and columns may always. Source: cli-runtime `json_yaml_flags.go`. */
export function readsManagedFields({output = '', template = '', ...flags}: OutputValues): boolean {
  if (WHOLE.includes(output)) return flags['show-managed-fields']
  return template !== '' || !BRIEF.includes(output)
}
