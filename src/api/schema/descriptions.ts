/** What is said of a definition (under '') and of its fields. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The documentation of the fields, which is large and read only where someone asks for it. */
export async function loadDescriptions(): Promise<Descriptions> {
  const {default: descriptions} = await import('./descriptions.json', {with: {type: 'json'}})
  return descriptions
}
