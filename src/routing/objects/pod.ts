import type {KubeObject} from '../../api/object.js'

export interface Pod extends KubeObject {
  readonly spec?: {
    readonly initContainers?: readonly {readonly name?: string}[]
    readonly containers?: readonly {
      readonly name?: string
      readonly ports?: readonly {readonly name?: string; readonly containerPort: number; readonly protocol?: string}[]
    }[]
  }
  readonly status?: {readonly podIP?: string; readonly conditions?: readonly {readonly type: string; readonly status: string}[]}
}
