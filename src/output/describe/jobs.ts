import {formatDuration} from '../../api/age.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {controllerLines, labelLines, nameLines, selectorText} from './metadata.js'
import {templateLines} from './pod-template.js'
import type {Describer} from './surroundings.js'
import {formatMoment} from './times.js'

/** Source: kubectl `describeJob`. */
export const jobDescriber: Describer = {
  describe: (job, surroundings) => {
    const [spec, status] = [job.at('spec'), job.at('status')]
    const optional = (title: string, field: string, unit = '') => (spec.has(field) ? [`${title}:\t${spec.text(field)}${unit}`] : [])
    const ready = status.has('ready') ? ` (${status.number('ready')} Ready)` : ''
    return [
      ...nameLines(job),
      `Selector:\t${selectorText(spec.at('selector'))}`,
      ...labelLines(job),
      ...controllerLines(job),
      ...optional('Parallelism', 'parallelism'),
      `Completions:\t${spec.text('completions') || '<unset>'}`,
      ...optional('Completion Mode', 'completionMode'),
      ...optional('Suspend', 'suspend'),
      ...optional('Backoff Limit', 'backoffLimit'),
      ...optional('TTL Seconds After Finished', 'ttlSecondsAfterFinished'),
      ...timeLines(status),
      ...optional('Active Deadline Seconds', 'activeDeadlineSeconds', 's'),
      `Pods Statuses:\t${status.number('active')} Active${ready} / ${status.number('succeeded')} Succeeded / ${status.number('failed')} Failed`,
      ...(spec.text('completionMode') === 'Indexed' ? [`Completed Indexes:\t${indexesText(status.text('completedIndexes'))}`] : []),
      ...templateLines(spec.at('template')),
      ...eventLines(surroundings),
    ]
  },
}

function timeLines(status: Fields): readonly string[] {
  const [start, end] = [status.text('startTime'), status.text('completionTime')]
  return [
    ...(start === '' ? [] : [`Start Time:\t${formatMoment(start)}`]),
    ...(end === '' ? [] : [`Completed At:\t${formatMoment(end)}`]),
    ...(start === '' || end === '' ? [] : [`Duration:\t${formatDuration(Date.parse(end) - Date.parse(start))}`]),
  ]
}

const LONGEST_INDEXES = 50

function indexesText(indexes: string): string {
  if (indexes === '') return '<none>'
  const comma = indexes.indexOf(',', LONGEST_INDEXES)
  return comma === -1 ? indexes : `${indexes.slice(0, comma + 1)}...`
}

/** Source: kubectl `describeCronJob`. */
export const cronJobDescriber: Describer = {
  describe: (cron, surroundings) => {
    const spec = cron.at('spec')
    const orUnset = (title: string, field: string, unit = '') => `${title}:\t${spec.has(field) ? `${spec.text(field)}${unit}` : '<unset>'}`
    const last = cron.text('status.lastScheduleTime')
    return [
      ...nameLines(cron),
      ...labelLines(cron),
      `Schedule:\t${spec.text('schedule')}`,
      `Concurrency Policy:\t${spec.text('concurrencyPolicy')}`,
      `Suspend:\t${spec.has('suspend') ? (spec.flag('suspend') ? 'True' : 'False') : '<unset>'}`,
      orUnset('Successful Job History Limit', 'successfulJobsHistoryLimit'),
      orUnset('Failed Job History Limit', 'failedJobsHistoryLimit'),
      orUnset('Starting Deadline Seconds', 'startingDeadlineSeconds', 's'),
      ...jobTemplateLines(spec.at('jobTemplate.spec')),
      `Last Schedule Time:\t${last === '' ? '<unset>' : formatMoment(last)}`,
      `Active Jobs:\t${cron.items('status.active').map((job) => job.text('name')).join(', ') || '<none>'}`,
      ...eventLines(surroundings),
    ]
  },
}

function jobTemplateLines(spec: Fields): readonly string[] {
  return [
    `Selector:\t${spec.has('selector') ? selectorText(spec.at('selector')) : '<unset>'}`,
    `Parallelism:\t${spec.text('parallelism') || '<unset>'}`,
    `Completions:\t${spec.text('completions') || '<unset>'}`,
    ...(spec.has('activeDeadlineSeconds') ? [`Active Deadline Seconds:\t${spec.number('activeDeadlineSeconds')}s`] : []),
    ...templateLines(spec.at('template')),
  ]
}
