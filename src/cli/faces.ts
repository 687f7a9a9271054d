/*
 * The program's name in what it says: whatever tells people what to type, or names the program that speaks, says `tshift`, where kubectl has its own
 * command path. `kubectl` stays where others read it back (field managers, `kubectl.kubernetes.io/…`), in Istio's analysis messages, which are
 * istioctl's word for word, and where the other program is meant. test/cli/program-name.test.ts keeps it so.
 */

/** A group of commands that people know from elsewhere, or that are tshift's own. */
export interface Face {
  readonly title: string
  /** First words of commands, in the order help shows them. */
  readonly names: readonly string[]
}

/** Whose words, flags and exit codes a command has. Names of commands that are not there (yet) show nothing. */
export const FACES: readonly Face[] = [
  {title: 'Traffic', names: ['probe', 'tally', 'plan', 'shift', 'trace', 'env', 'echo', 'nc', 'top']},
  {title: 'Gateway process', names: ['gateway', 'up', 'down']},
  {
    title: 'Resources, as with kubectl',
    names: [
      ...['get', 'describe', 'explain', 'events', 'apply', 'create', 'delete', 'replace', 'edit', 'patch', 'label', 'annotate', 'diff'],
      ...['rollout', 'scale', 'set', 'autoscale', 'expose', 'run', 'logs', 'exec', 'cp', 'attach', 'port-forward', 'wait'],
      ...['api-resources', 'api-versions', 'auth', 'cluster-info', 'config', 'kustomize', 'options', 'completion', 'version'],
    ],
  },
  {
    title: 'Verbs of kubectl that have nothing to work on here, and say so',
    names: ['cordon', 'uncordon', 'drain', 'taint', 'certificate', 'proxy', 'debug', 'plugin', 'convert'],
  },
  {title: 'Configuration, as with istioctl', names: ['analyze', 'validate', 'proxy-config', 'proxy-status', 'kube-inject', 'x']},
]

const KUBECTL = FACES.filter(({title}) => title.includes('kubectl')).flatMap(({names}) => names)

/** Whether a command answers as kubectl does, which also means with its exit codes. `id` is oclif's: `config:view`. */
export function isKubectlVerb(id: string): boolean {
  return KUBECTL.includes(id.split(':')[0] ?? '') || id.startsWith('top:') // `top` itself is tshift's, `top pods` is not
}
