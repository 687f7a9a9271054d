/** The last part of an image's repository, without registry, tag and digest: `docker.io/istio/tcp-echo-server:1.2` is `tcp-echo-server`. */
export function imageName(image: string): string {
  const [repository = ''] = image.split('@')
  const last = repository.slice(repository.lastIndexOf('/') + 1)
  return last.split(':')[0] ?? ''
}
