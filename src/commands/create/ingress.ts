import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {ingressOf} from '../../cli/create/ingress.js'
import {repeatable} from '../../cli/flags/repeatable.js'

export default class CreateIngress extends GenerateCommand {
  static override aliases = ['create:ing']
  static override usage = 'create ingress NAME --rule=HOST/PATH=SERVICE:PORT[,tls[=SECRET]]'
  static override summary = 'Create an Ingress.'
  static override examples = ['<%= config.bin %> create ingress simple --rule=foo.com/bar=svc1:8080,tls=my-cert --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    rule: Flags.string({...repeatable, description: 'a rule (repeatable); a path that ends in * is a prefix', helpValue: 'HOST/PATH=SERVICE:PORT[,tls[=SECRET]]'}),
    class: Flags.string({description: 'class of the Ingress', helpValue: 'NAME'}),
    'default-backend': Flags.string({description: 'where to what no rule means goes', helpValue: 'SERVICE:PORT'}),
    annotation: Flags.string({...repeatable, description: 'an annotation (repeatable)', helpValue: 'KEY=VALUE'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateIngress)
    const name = this.requireName(argv)
    const options = {rules: flags.rule ?? [], className: flags.class, defaultBackend: flags['default-backend'], annotations: flags.annotation ?? []}
    return this.finish(ingressOf(this.metadata(name, flags), options), flags)
  }
}
