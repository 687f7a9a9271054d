import {UserError} from '../../base/user-error.js'

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const DOMAIN = `${LABEL}(?:\\.${LABEL})*(?::[0-9]+)?`
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const TAG = '[\\w][\\w.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = new RegExp(`^(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*(?::${TAG})?(?:@${DIGEST})?$`)

/** Throws kubectl's UserError for what cannot name an image. Source: distribution `reference.ReferenceRegexp`. */
export function requireImageName(image: string): void {
  if (image === '') throw new UserError('--image is required')
  if (!REFERENCE.test(image)) throw new UserError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`)
}
