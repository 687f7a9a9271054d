/** Spaces before a line, by level, as istioctl describe indents. */
export const LEVEL = [0, 3, 6] as const

export function indent(spaces: number, text: string): string {
  return `${' '.repeat(spaces)}${text}`
}

export const SEPARATOR = '-'.repeat(20)

/** `name`, or `name.namespace` where it is not in the namespace that was asked about. */
export function shortName({name, namespace = 'default'}: {readonly name: string; readonly namespace?: string}, asked: string): string {
  return namespace === asked ? name : `${name}.${namespace}`
}
