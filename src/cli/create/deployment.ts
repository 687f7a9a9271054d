import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

export interface DeploymentOptions {
  readonly images: readonly string[]
  readonly replicas: number
  readonly port?: number | undefined
  readonly command: readonly string[]
  /** Makes names of images unique that are not names of containers. */
  readonly suffix: () => string
}

/**
 * A Deployment of pods labelled `app=NAME`, one container for each image. Throws a UserError for a command for several. Source: kubectl
 * `create_deployment.go`.
 */
export function deploymentOf({name, ...metadata}: ObjectMeta, options: DeploymentOptions): KubeObject {
  const {images, replicas, command} = options
  if (images.length > 1 && command.length > 0) throw new UserError('cannot specify multiple --image options and command')
  const labels = {app: name}
  const containers = images.map((image, index) => ({
    name: containerName(image, options.suffix),
    image,
    ...(command.length === 0 ? {} : {command}),
    ...(options.port === undefined || index > 0 ? {} : {ports: [{containerPort: options.port}]}),
    resources: {},
  }))
  const spec = {replicas, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers}}, strategy: {}}
  return {kind: 'Deployment', apiVersion: 'apps/v1', metadata: {name, ...metadata, labels}, ...{spec, status: {}}}
}

function containerName(image: string, suffix: () => string): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  const [name = ''] = last.split(/[:@]/)
  return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-${suffix()}` : name
}
