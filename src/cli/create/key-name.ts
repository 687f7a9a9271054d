import {UserError} from '../../base/user-error.js'

const MAX_LENGTH = 253

/**
 * Why a text may not be a key of a ConfigMap or Secret, joined as kubectl says it; undefined where it may. Source: apimachinery `validation.IsConfigMapKey`.
 */
export function configKeyProblem(key: string): string | undefined {
  const problems = [
    ...(key.length > MAX_LENGTH ? [`must be no more than ${MAX_LENGTH} characters`] : []),
    ...(/^[-._a-zA-Z0-9]+$/.test(key)
      ? []
      : [
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ]),
    ...dotProblems(key),
  ]
  return problems.length === 0 ? undefined : problems.join(',')
}

/** Throws kubectl's UserError where a text may not name an environment variable. Source: apimachinery `validation.IsEnvVarName`. */
export function requireVariableName(name: string): void {
  const problems = [
    ...(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)
      ? []
      : [
          "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit " +
            "(e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
        ]),
    ...dotProblems(name),
  ]
  if (problems.length > 0) throw new UserError(`"${name}" is not a valid key name: ${problems.join(';')}`)
}

function dotProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`must not be '${name}'`]
  return name.startsWith('..') ? ["must not start with '..'"] : []
}
