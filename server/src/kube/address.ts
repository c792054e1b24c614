import type { Range } from '../text/range';

/** An address that is evident from how it is written: a URL, `host:port`, or a name with a `.svc` in it. */
export interface Address {
  /** Host and port within the text. */
  readonly range: Range;
  /** Lower case, without the dot that may end a name. */
  readonly host: string;
  /** As written, else the usual one of the scheme; undefined where neither says. */
  readonly port: number | undefined;
  /** Lower case, such as `postgresql` of `jdbc:postgresql://`. */
  readonly scheme: string | undefined;
}

/** A run of letters that can be (part of) a host, a scheme or a flag. Each character is looked at once. */
const run = /[A-Za-z0-9_][A-Za-z0-9_.+-]*/g;

/** Every evident address of a text, in order. Time is linear in its length. */
export function addressesIn(text: string): Address[] {
  const found: Address[] = [];
  const runs = new RegExp(run);
  for (let match = runs.exec(text); match !== null; match = runs.exec(text)) {
    const start = match.index;
    const end = start + match[0].length;
    if (text.startsWith('://', end)) {
      const authority = authorityAt(text, end + 3);
      if (!pathless.has(match[0].toLowerCase())) found.push(...hostsOf(text, authority, match[0].toLowerCase()));
      runs.lastIndex = nextStart(text, authority);
      continue;
    }
    const address = hostAndPortAt(text, start, end) ?? serviceNameAt(text, start, end);
    if (address) found.push(address);
  }
  return found;
}

/**
 * Every IPv4 address with a port of a text, in order, but those of the pod itself (127.0.0.0/8) and of nobody (0.0.0.0).
 * `http://192.0.2.1` has the port of its scheme.
 */
export function numericAddressesIn(text: string): Address[] {
  if (!/\d\.\d/.test(text)) return [];
  return [...text.matchAll(numeric)].flatMap(match => {
    const [, scheme, host = '', digits] = match;
    const port = digits === undefined ? usualPorts.get(scheme ?? '') : Number(digits);
    const parts = host.split('.').map(Number);
    if (parts.some(part => part > 255) || parts[0] === 127 || parts[0] === 0) return [];
    if (port === undefined || port === 0 || port > 65535) return [];
    const start = match.index + (scheme === undefined ? 0 : scheme.length + 3);
    const end = start + host.length + (digits === undefined ? 0 : digits.length + 1);
    return [{ range: { start, end }, host, port, scheme }];
  });
}

const numeric = /(?<![\w.:-])(?:([a-z]{2,12}):\/\/)?(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?::(\d{1,5}))?(?![\w.:-])/g;

/**
 * Schemes whose authority is no host that somebody calls.
 *
 * @own the schemes of files, images, buckets and identities that are met in manifests
 */
const pathless = new Set([
  'file',
  'unix',
  'data',
  'jar',
  'urn',
  'arn',
  'oci',
  'docker',
  'docker-image',
  'spiffe',
  's3',
]);

const endsAuthority = /[\s"'`/?#\\|;&<>]/;

function authorityAt(text: string, start: number): Range {
  let end = start;
  while (end < text.length && !endsAuthority.test(text.charAt(end))) end++;
  return { start, end };
}

/** Behind the authority; but `a:1,http://b:2` holds another URL, whose scheme looks like a host of the first. */
function nextStart(text: string, { start, end }: Range): number {
  if (text[end - 1] !== ':' || text[end] !== '/') return Math.max(end, start);
  return start + (text.slice(start, end).lastIndexOf(',') + 1 || end - start);
}

/** The hosts of `user:password@a:1,b:2`. */
function hostsOf(text: string, authority: Range, scheme: string): Address[] {
  const whole = text.slice(authority.start, authority.end);
  const at = whole.lastIndexOf('@') + 1;
  let offset = authority.start + at;
  return whole
    .slice(at)
    .split(',')
    .flatMap(item => {
      const start = offset;
      offset += item.length + 1;
      return hostOf(item, start, scheme) ?? [];
    });
}

/** One host with or without a port, which may be a placeholder; a host that holds one is no host. */
function hostOf(item: string, start: number, scheme: string): Address | undefined {
  const [, host = '', colon = '', digits = '', rest = ''] =
    /^([A-Za-z0-9_][A-Za-z0-9_.-]*)(:?)(\d{0,5})(.*)$/s.exec(item) ?? [];
  const isPlaceholder = colon !== '' && digits === '' && /^[$%{]/.test(rest);
  // Brackets may close what the URL stands in, and a full stop its sentence.
  if (!isPlaceholder && (!/^[)}\].]*$/.test(rest) || (colon !== '' && digits === ''))) return undefined;
  if (!hasHostForm(host)) return undefined;
  const port = colon === '' ? usualPorts.get(scheme) : digits === '' ? undefined : Number(digits);
  const end = start + host.length + (digits === '' ? 0 : 1 + digits.length);
  return { range: { start, end }, host: normalHost(host), port, scheme };
}

/**
 * The port that clients take where a URL has none.
 *
 * @source https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml (netbase 6.4, read 2026-11-29)
 * @source https://www.rfc-editor.org/rfc/rfc6455#section-3 (ws and wss, 2011)
 * @source https://www.mongodb.com/docs/v4.2/reference/default-mongodb-port/ (read 2026-11-29)
 * @source https://docs.nats.io/using-nats/developer/connecting/specific_server (read 2026-11-29)
 * @source https://neo4j.com/docs/operations-manual/current/configuration/ports/ (read 2026-11-29)
 * @source https://raw.githubusercontent.com/etcd-io/etcd/main/hack/kubernetes-deploy/etcd.yml (read 2026-11-29)
 * @source https://clickhouse.com/docs/guides/sre/network-ports (native protocol, read 2026-11-29)
 * @source https://milvus.io/docs/v2.6.x/configure_pulsar.md (port of Pulsar, 2.6, read 2026-11-29)
 */
const usualPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80], ['https', 443], ['ws', 80], ['wss', 443], ['redis', 6379], ['rediss', 6379], ['amqp', 5672], ['amqps', 5671],
  ['postgres', 5432], ['postgresql', 5432], ['mysql', 3306], ['mariadb', 3306], ['mongodb', 27017], ['nats', 4222],
  ['mqtt', 1883], ['memcached', 11211], ['sqlserver', 1433], ['ldap', 389], ['ldaps', 636], ['smtp', 25], ['bolt', 7687],
  ['neo4j', 7687], ['pulsar', 6650], ['etcd', 2379], ['clickhouse', 9000],
]); // biome-ignore format: a table

function hostAndPortAt(text: string, start: number, end: number): Address | undefined {
  const isDevice = text.startsWith('/dev/tcp/', start - 9);
  if (text[end] !== (isDevice ? '/' : ':') || (!isDevice && !maySurround(text, start))) return undefined;
  const digits = /^\d{1,5}(?![A-Za-z0-9_-]|\.[A-Za-z0-9])/.exec(text.slice(end + 1, end + 9))?.[0];
  const host = text.slice(start, end);
  if (digits === undefined || !hasHostForm(host)) return undefined;
  const port = Number(digits);
  if (port === 0 || port > 65535) return undefined;
  return { range: { start, end: end + 1 + digits.length }, host: normalHost(host), port, scheme: undefined };
}

function serviceNameAt(text: string, start: number, end: number): Address | undefined {
  const written = text.slice(start, end);
  if (!written.includes('.svc') || text[end] === ':' || !maySurround(text, start)) return undefined;
  const host = normalHost(written);
  if (!/\.svc(?:\.|$)/.test(host) || !hasHostForm(host)) return undefined;
  return { range: { start, end }, host, port: undefined, scheme: undefined };
}

/** Whether an address may begin here: a path, a longer name and a variable may not end in one. */
function maySurround(text: string, start: number): boolean {
  const before = text[start - 1];
  if (before === undefined || /[\s"'`=,;([{<|@!&:]/.test(before)) return true;
  return before === '/' && text[start - 2] === '/';
}

/** The host as DNS sees it. */
export function normalHost(written: string): string {
  const lower = written.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whether a text has the form of a DNS name that is no number. Service records may begin with `_http._tcp.`. */
export function hasHostForm(text: string): boolean {
  if (text.length > 254 || !/[A-Za-z]/.test(text)) return false;
  return normalHost(text)
    .split('.')
    .every(label => label.length < 64 && /^_?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label));
}

/** A Service as a host names it; without a namespace it is looked for in the namespace of the caller. */
export interface ServiceName {
  readonly service: string;
  readonly namespace: string | undefined;
}

/**
 * What a host may mean by the cluster's DNS, the likeliest first: `svc`, `svc.ns`, `svc.ns.svc` with any cluster
 * domain, and each below a pod's own name (`mongo-0.mongo`) as headless Services have it.
 */
export function serviceNamesOf(host: string): readonly ServiceName[] {
  return serviceReadingsOf(host).map(({ service, namespace }) => ({
    service: service.text,
    namespace: namespace?.text,
  }));
}

/** A label of a host, and where in it. */
export interface HostLabel {
  readonly text: string;
  readonly range: Range;
}

/** The same, with the places of the labels in the host. */
export function serviceReadingsOf(
  host: string,
): readonly { readonly service: HostLabel; readonly namespace: HostLabel | undefined }[] {
  const labels = labelsIn(normalHost(host)).filter(({ text }) => !text.startsWith('_'));
  const marker = labels.findIndex(({ text }, i) => i >= 2 && text === 'svc');
  // Names of other clusters' Services (KEP-1645): they are not what the manifests of this cluster hold.
  if (labels[marker + 1]?.text === 'clusterset') return [];
  const isFull = marker !== -1;
  const [first, second, third, ...more] = isFull ? labels.slice(0, marker) : labels;
  if (first === undefined || more.length > 0) return [];
  if (third !== undefined) {
    return second && (isFull || isPodName(first.text)) ? [{ service: second, namespace: third }] : [];
  }
  if (second === undefined) return [{ service: first, namespace: undefined }];
  const qualified = { service: first, namespace: second };
  return !isFull && isPodName(first.text) ? [qualified, { service: second, namespace: undefined }] : [qualified];
}

function labelsIn(host: string): readonly HostLabel[] {
  let start = 0;
  return host.split('.').map(text => {
    const range = { start, end: start + text.length };
    start = range.end + 1;
    return { text, range };
  });
}

/** Pods of a StatefulSet end in their number. */
const isPodName = (label: string) => /-\d{1,5}$/.test(label);

/** A host without a port, written so that only its key or command tells that it is one. */
export interface BareHost {
  readonly range: Range;
  readonly host: string;
}

/**
 * The hosts of a value that is nothing but hosts: one, or a list with commas or semicolons. A path, or a port that is a
 * placeholder, may follow. Those with a port are evident addresses already, so they are left out; but SQL Server's
 * `host,1433` is one host.
 */
export function bareHostsIn(value: string): readonly BareHost[] {
  if (value.length > 4096) return [];
  const hosts: BareHost[] = [];
  let offset = 0;
  for (const item of value.split(/[,;]/)) {
    const start = offset + (item.length - item.trimStart().length);
    offset += item.length + 1;
    if (hosts.length > 0 && /^\s*\d{1,5}\s*$/.test(item)) continue;
    const [, host = '', rest = ''] = /^([A-Za-z0-9_.-]+)((?:[:/].*)?)$/s.exec(item.trim()) ?? [];
    if (!hasHostForm(host) || /\s/.test(rest)) return [];
    if (/^(?:$|\/|:[$%{])/.test(rest) && !rest.startsWith('//')) {
      hosts.push({ range: { start, end: start + host.length }, host: normalHost(host) });
    }
  }
  return hosts;
}
