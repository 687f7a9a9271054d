import {customResourceDefinitionType, typesOfDefinitions, type CustomResourceDefinition} from '../api/kinds/foreign/custom-resource-definition.js'
import type {KubeObject} from '../api/object.js'
import {knownTypes, typeFor} from '../api/registry.js'
import type {ResourceType} from '../api/resource-type.js'
import type {Resources} from './resources.js'

/** Every type there is: the known ones, then those that stored CustomResourceDefinitions make. */
export async function typesInStore(resources: Resources): Promise<readonly ResourceType[]> {
  const {items} = await resources.list<CustomResourceDefinition>(customResourceDefinitionType)
  const made = typesOfDefinitions(items).filter(({group, plural}) => !knownTypes.some((known) => known.group === group && known.plural === plural))
  return made.length === 0 ? knownTypes : [...knownTypes, ...made]
}

/** The type of an object. Throws a UserError in kubectl's words where neither tshift nor a stored definition knows it. */
export async function typeInStore(resources: Resources, object: Pick<KubeObject, 'apiVersion' | 'kind'>): Promise<ResourceType> {
  return isKnown(object) ? typeFor(object) : typeFor(object, await typesInStore(resources))
}

function isKnown({apiVersion, kind}: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return knownTypes.some(
    (type) => type.kind === kind && type.served.some(({group, version}) => (group === '' ? version : `${group}/${version}`) === apiVersion),
  )
}
