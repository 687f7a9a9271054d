/** PEM texts as a Secret or files give them; certificate and key are known to fit. */
export interface Credential {
  readonly pair?: {readonly certificate: string; readonly privateKey: string}
  readonly ca?: string
  readonly crl?: string
  /** Why it cannot be used, for people; the other fields are absent then. */
  readonly problem?: string
  /** A gateway process that runs serves the last good one until it ends, although there is a `problem`. */
  readonly isServedYet?: true
  /** What is wrong although it is used: it has expired, or it is the last good one and what replaces it is bad. */
  readonly warning?: string
}
