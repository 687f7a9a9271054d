import {Flags} from '@oclif/core'
import {writeFile} from 'node:fs/promises'
import type {JsonObject, KubeObject} from '../api/object.js'
import {injectSidecar, type InjectionTarget} from '../api/sidecar-injection.js'
import {BaseCommand} from '../cli/base-command.js'
import {readSources} from '../cli/manifests/manifest-sources.js'
import {requireFilenames} from '../cli/command-line/require-filenames.js'
import {parseManifest} from '../api/manifest/manifest.js'
import {UserError} from '../base/user-error.js'
import {formatYaml} from '../output/yaml.js'

export default class KubeInject extends BaseCommand {
  static override summary = "Put Istio's sidecar into the pods of a manifest and print it."
  static override examples = [
    '<%= config.bin %> kube-inject -f examples/tcp-echo/tcp-echo-services.yaml',
    '<%= config.bin %> apply -f <(<%= config.bin %> kube-inject -f service.yaml)',
  ]

  static override flags = {
    filename: Flags.string({char: 'f', description: 'file or - for standard input', helpValue: 'PATH'}),
    output: Flags.string({char: 'o', description: 'file to write instead of standard output', helpValue: 'PATH'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(KubeInject)
    const filenames = requireFilenames(flags.filename === undefined ? undefined : [flags.filename])
    const injected: KubeObject[] = []
    for await (const {name, text} of readSources({filenames, recursive: false, stdin: process.stdin})) {
      for (const document of parseManifest(text, name)) {
        if (document.type === 'problem') throw new UserError(document.message)
        injected.push(inject(document.object as KubeObject))
      }
    }
    const text = injected.map((object) => formatYaml(object)).join('---\n')
    if (flags.output === undefined) this.out(text)
    else await writeFile(flags.output, text)
    return injected
  }
}

/** Pods, and whatever has a pod template; everything else stays as it is. */
function inject(object: KubeObject): KubeObject {
  if (object.kind === 'Pod') return injectSidecar(object as KubeObject & InjectionTarget)
  const {spec} = object as KubeObject & {spec?: {template?: InjectionTarget} & JsonObject}
  if (spec?.template === undefined) return object
  return {...object, spec: {...spec, template: injectSidecar(spec.template)}} as KubeObject
}
