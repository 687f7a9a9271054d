import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {compareDirectories} from '../cli/diff/compare-files.js'
import {failureOf} from '../cli/failure.js'
import {filenameFlags, filenamesOf} from '../cli/flags/filename.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {repeatableList} from '../cli/flags/repeatable.js'
import {selectorFlag, selectorOf} from '../cli/flags/selector.js'
import {refuseArguments} from '../cli/command-line/refuse-arguments.js'
import {requireFilenames} from '../cli/command-line/require-filenames.js'
import {differences, type DiffOptions} from '../cli/verbs/diff.js'
import {pruneTypes} from '../cli/verbs/prune.js'
import {formatYaml} from '../output/yaml.js'
import {CLIENT_SIDE_MANAGER, SERVER_SIDE_MANAGER} from '../resources/apply-server-side.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Diff extends BaseCommand {
  static override summary = 'Show what applying the files would change.'
  static override description =
    'Compares the live resources with what they would be, through $KUBECTL_EXTERNAL_DIFF or diff -u -N. Exit code 0: nothing would change, 1: something would, more: it could not be told.'
  static override examples = [
    '<%= config.bin %> diff -f examples/tcp-echo/tcp-echo-20-v2.yaml',
    'KUBECTL_EXTERNAL_DIFF="diff -y" <%= config.bin %> diff -f examples/tcp-echo',
  ]
  static override strict = false
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...selectorFlag,
    'server-side': Flags.boolean({description: 'what apply --server-side would do', default: false}),
    'force-conflicts': Flags.boolean({description: 'take fields that others manage (with --server-side)', default: false}),
    'field-manager': Flags.string({description: 'name under which fields would be managed', helpValue: 'NAME'}),
    'show-managed-fields': Flags.boolean({description: 'compare metadata.managedFields too', default: false}),
    prune: Flags.boolean({description: 'show what apply --prune would delete as well', default: false}),
    'prune-allowlist': Flags.string({description: 'prune these kinds only', helpValue: 'GROUP/VERSION/KIND', ...repeatableList}),
  }

  async run(): Promise<number> {
    const {flags, argv} = await this.parse(Diff)
    refuseArguments(argv as string[], 'diff', {saying: 'Unexpected args'})
    if (flags['force-conflicts'] && !flags['server-side']) throw new UserError('--force-conflicts only works with --server-side', {exitCode: 2})
    const filenames = requireFilenames(filenamesOf(flags))
    const {resources} = await this.session()
    const selector = selectorOf(flags)
    const options: DiffOptions = {
      ...{filenames, recursive: flags.recursive, stdin: process.stdin, namespace: flags.namespace, selector},
      fieldManager: flags['field-manager'] ?? (flags['server-side'] ? SERVER_SIDE_MANAGER : CLIENT_SIDE_MANAGER),
      serverSide: flags['server-side'] ? {force: flags['force-conflicts']} : undefined,
      managedFields: flags['show-managed-fields'],
      prune: flags.prune ? {selector, types: pruneTypes(flags['prune-allowlist'], await typesInStore(resources))} : undefined,
    }
    const live = await mkdtemp(path.join(tmpdir(), 'LIVE-'))
    const merged = await mkdtemp(path.join(tmpdir(), 'MERGED-'))
    try {
      for await (const {name, live: before, merged: after} of differences(options, resources)) {
        await writeObject(path.join(live, name), before)
        await writeObject(path.join(merged, name), after)
      }
      process.exitCode = await compareDirectories({live, merged}, {external: process.env['KUBECTL_EXTERNAL_DIFF'], out: (text) => this.out(text)})
    } finally {
      await Promise.all([live, merged].map((directory) => rm(directory, {recursive: true, force: true})))
    }
    return Number(process.exitCode)
  }

  /** 1 says that something differs: trouble is told by another code (kubectl `CheckDiffErr`). */
  protected override fail(error: unknown): void {
    const {text, exitCode} = failureOf(error, {id: this.id, argv: this.argv})
    this.say(text)
    process.exitCode = Math.max(2, exitCode)
  }
}

async function writeObject(file: string, object: KubeObject | undefined): Promise<void> {
  if (object !== undefined) await writeFile(file, formatYaml(object))
}
