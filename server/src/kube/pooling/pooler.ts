import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { servingContainersOf, type Workload } from '../pods/workload';
import { type Image, imageOf, isOfHubUser } from './pooler-image';

export type PoolerProgram = 'pgbouncer' | 'pgcat' | 'odyssey' | 'proxysql' | 'pgpool';

/** @own the poolers of Postgres and MySQL that rules know something of, by what their images are called */
const programs: readonly PoolerProgram[] = ['pgbouncer', 'pgcat', 'odyssey', 'proxysql', 'pgpool'];

/**
 * Ports that only poolers listen on: pgbouncer, pgcat and odyssey, and ProxySQL.
 *
 * @source https://www.pgbouncer.org/config.html#listen_port (1.25.2)
 * @source https://www.cnblogs.com/liuzhijun666/p/13190847.html (6033 of ProxySQL, read 2026-11-29)
 */
export const poolerPorts: ReadonlySet<number> = new Set([6432, 6033]);

/** A container that keeps connections to a database and lends them out. */
export interface Pooler {
  readonly program: PoolerProgram;
  readonly image: Image;
  readonly container: Node;
  /** Whose image it is: they are told different things by different variables. */
  readonly maker: 'edoburu' | 'bitnami' | 'other';
  /** Of pgbouncer itself, from the tag: `[1, 25, 2]`. */
  readonly version: readonly number[] | undefined;
}

/** The poolers among the containers of a workload, by the names of their images. Exporters are none. */
export const poolersRunBy = memo((workload: Workload): readonly Pooler[] =>
  servingContainersOf(workload).flatMap(container => poolerIn(container) ?? []),
);

/** The one PgBouncer of a workload. */
export const pgbouncerRunBy = memo((workload: Workload): Pooler | undefined => {
  const found = poolersRunBy(workload).filter(({ program }) => program === 'pgbouncer');
  return found.length === 1 ? found[0] : undefined;
});

function poolerIn(container: Node): Pooler | undefined {
  const image = imageOf(container.at('image').string);
  if (image === undefined || /exporter|operator|metrics/.test(image.name)) return undefined;
  const program = programs.find(name => image.name.includes(name));
  if (program === undefined) return undefined;
  const maker = isOfHubUser(image, 'edoburu')
    ? 'edoburu'
    : isOfHubUser(image, 'bitnami', 'bitnamilegacy')
      ? 'bitnami'
      : 'other';
  return { program, image, container, maker, version: versionOf(image.tag) };
}

function versionOf(tag: string | undefined): readonly number[] | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?(?:-.*)?$/.exec(tag ?? '');
  return match === null ? undefined : match.slice(1).flatMap(part => (part === undefined ? [] : Number(part)));
}

/** Whether a version is at least another; parts that are not written count as zero. */
export function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [i, part] of wanted.entries()) {
    const own = version[i] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/** The variable of a container; the last of that name counts. */
export function variableOf(container: Node, name: string): Node | undefined {
  return container
    .at('env')
    .items()
    .findLast(item => item.at('name').string === name);
}
