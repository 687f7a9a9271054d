import type {KubeObject, ObjectMeta} from '../../api/object.js'

export interface JobOptions {
  readonly image: string
  readonly command: readonly string[]
}

/** A Job that runs the image once. Source: kubectl `create_job.go`. */
export function jobOf(metadata: ObjectMeta, options: JobOptions): KubeObject {
  return {kind: 'Job', apiVersion: 'batch/v1', metadata, ...{spec: {template: template(metadata.name, options, 'Never')}, status: {}}}
}

export interface CronJobOptions extends JobOptions {
  readonly schedule: string
  readonly restart: string
}

/** A CronJob that runs the image when the schedule says. Source: kubectl `create_cronjob.go`. */
export function cronJobOf(metadata: ObjectMeta, {schedule, restart, ...options}: CronJobOptions): KubeObject {
  const {name} = metadata
  const jobTemplate = {metadata: {name}, spec: {template: template(name, options, restart)}}
  return {kind: 'CronJob', apiVersion: 'batch/v1', metadata, ...{spec: {schedule, jobTemplate}, status: {}}}
}

function template(name: string, {image, command}: JobOptions, restartPolicy: string): object {
  return {metadata: {}, spec: {containers: [{name, image, ...(command.length === 0 ? {} : {command}), resources: {}}], restartPolicy}}
}
