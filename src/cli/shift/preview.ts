import {formatYaml} from '../../output/yaml.js'
import {diffLines} from '../../shift/line-diff.js'
import {routeOf, type Shiftable} from '../../shift/route-rules.js'
import type {Prepared} from './prepare.js'
import {fileWithWeights} from './write-file.js'

/** What `--dry-run` prints: the change of the object at each step, and of the file at the end. */
export async function previewText({plan, before, steps}: Prepared): Promise<string> {
  const texts = [before, ...steps].map(yamlOf)
  const parts = steps.map(
    (_, i) =>
      `# step ${i + 1}: ${plan.steps[i]?.weight ?? 0}% of the traffic from ${plan.from} to ${plan.to}\n${diffLines(texts[i] ?? '', texts[i + 1] ?? '')}`,
  )
  const last = steps.at(-1)
  if (plan.write === undefined || last === undefined) return parts.join('')
  const file = await fileWithWeights(plan.write, plan, routeOf(last, plan.rule))
  return `${parts.join('')}# ${plan.write}, when the shift is healthy\n${diffLines(file.before, file.after)}`
}

function yamlOf({spec}: Shiftable): string {
  return formatYaml({spec})
}
