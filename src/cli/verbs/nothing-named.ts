/** kubectl's sentence where a command line names no object at all. Source: cli-runtime `resource.Builder`. */
export const NOTHING_NAMED = [
  'You must provide one or more resources by argument or filename.',
  'Example resource specifications include:',
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
  "   '<resource> <name>'",
  "   '<resource>'",
].join('\n')
