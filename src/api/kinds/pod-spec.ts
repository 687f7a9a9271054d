import type {ObjectMeta} from '../object.js'

/** What a pod, or the template of one, asks for. */
export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
  readonly dnsPolicy?: string
  readonly enableServiceLinks?: boolean
  readonly activeDeadlineSeconds?: number
  readonly hostNetwork?: boolean
  readonly hostname?: string
  readonly nodeName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly readinessGates?: readonly {readonly conditionType: string}[]
  readonly restartPolicy?: string
  readonly schedulerName?: string
  readonly securityContext?: object
  readonly serviceAccount?: string
  readonly serviceAccountName?: string
  readonly subdomain?: string
  readonly terminationGracePeriodSeconds?: number
  readonly tolerations?: readonly object[]
}

export interface PodTemplate {
  readonly metadata?: Partial<ObjectMeta>
  readonly spec?: PodSpec
}

export interface Container {
  readonly name: string
  readonly image?: string
  readonly imagePullPolicy?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly EnvVar[]
  readonly envFrom?: readonly EnvFromSource[]
  readonly ports?: readonly ContainerPort[]
  readonly resources?: Resources
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly lifecycle?: {readonly postStart?: Handler; readonly preStop?: Handler}
  readonly restartPolicy?: string
  readonly terminationMessagePath?: string
  readonly terminationMessagePolicy?: string
  readonly volumeMounts?: readonly VolumeMount[]
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: boolean
  readonly subPath?: string
}

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly fieldRef?: {readonly apiVersion?: string; readonly fieldPath: string}
    readonly configMapKeyRef?: KeyReference
    readonly secretKeyRef?: KeyReference
    readonly resourceFieldRef?: ResourceFieldReference
  }
}

/** One entry of a ConfigMap or Secret of the pod's namespace. */
export interface KeyReference {
  readonly name?: string
  readonly key: string
  readonly optional?: boolean
}

export interface ResourceFieldReference {
  readonly containerName?: string
  /** e.g. `limits.cpu` */
  readonly resource: string
  readonly divisor?: string | number
}

/** All entries of a ConfigMap or Secret as variables. */
export interface EnvFromSource {
  readonly prefix?: string
  readonly configMapRef?: {readonly name?: string; readonly optional?: boolean}
  readonly secretRef?: {readonly name?: string; readonly optional?: boolean}
}

export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly hostPort?: number
  readonly protocol?: string
}

export interface Resources {
  readonly limits?: Readonly<Record<string, string | number>>
  readonly requests?: Readonly<Record<string, string | number>>
}

export interface Handler {
  readonly exec?: {readonly command?: readonly string[]}
  readonly httpGet?: HttpGet
  readonly tcpSocket?: {readonly port: number | string; readonly host?: string}
  readonly grpc?: {readonly port: number; readonly service?: string}
  /** Of hooks only. */
  readonly sleep?: {readonly seconds: number}
}

export interface HttpGet {
  readonly path?: string
  readonly port: number | string
  readonly scheme?: string
  readonly host?: string
  readonly httpHeaders?: readonly {readonly name: string; readonly value?: string}[]
}

export interface Probe extends Handler {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
}

export interface Volume {
  readonly name: string
  readonly emptyDir?: object
  readonly hostPath?: {readonly path: string; readonly type?: string}
  readonly configMap?: {readonly name?: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean; readonly defaultMode?: number}
  readonly secret?: {readonly secretName?: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean; readonly defaultMode?: number}
  readonly persistentVolumeClaim?: {readonly claimName: string; readonly readOnly?: boolean}
  readonly projected?: {readonly defaultMode?: number}
  readonly downwardAPI?: {readonly defaultMode?: number}
}

/** Which entry of a ConfigMap or Secret becomes which file. */
export interface KeyToPath {
  readonly key: string
  readonly path: string
  readonly mode?: number
}
