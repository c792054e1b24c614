/** The parts of an image reference that tell whose image it is. */
export interface Image {
  /** As written, without tag and digest: `docker.io/bitnami/pgbouncer`. */
  readonly path: string;
  /** The last part of the path: `pgbouncer`. */
  readonly name: string;
  readonly tag: string | undefined;
}

/** Reads an image reference; undefined for what is none. A port of the registry is no tag. */
export function imageOf(reference: string | undefined): Image | undefined {
  if (reference === undefined || reference.length > 500) return undefined;
  const [withoutDigest = ''] = reference.trim().split('@');
  const slash = withoutDigest.lastIndexOf('/');
  const last = withoutDigest.slice(slash + 1);
  const colon = last.indexOf(':');
  const name = colon === -1 ? last : last.slice(0, colon);
  if (!/^[a-zA-Z0-9][\w.-]*$/.test(name)) return undefined;
  const path = withoutDigest.slice(0, slash + 1) + name;
  return { path, name: name.toLowerCase(), tag: colon === -1 ? undefined : last.slice(colon + 1) };
}

/** Whether an image is of Docker Hub, and of this user there. */
export function isOfHubUser({ path }: Image, ...users: readonly string[]): boolean {
  const bare = path.replace(/^(?:index\.)?docker\.io\//, '');
  return users.some(user => bare.startsWith(`${user}/`) && bare.split('/').length === 2);
}
