/**
 * Last words of names whose value is the address of somebody else.
 *
 * @own last words of names in real manifests under which addresses of others stand
 */
const telling = new Set([
  'host', 'hosts', 'hostname', 'hostnames', 'addr', 'addrs', 'address', 'addresses', 'url', 'urls', 'uri', 'uris', 'endpoint',
  'endpoints', 'service', 'svc', 'broker', 'brokers', 'server', 'servers', 'upstream', 'upstreams', 'backend', 'dsn', 'target',
  'pghost', 'dbhost', 'dburl', 'baseurl',
]); // biome-ignore format: a table

/**
 * Words in names whose value is this workload's own address, somebody's who calls, or no address at all.
 *
 * @own words that were met in names like those, under which no such address stands
 */
const misleading = new Set([
  'allow', 'allowed', 'origin', 'origins', 'cors', 'advertise', 'advertised', 'listen', 'listener', 'listeners', 'bind', 'binding',
  'redirect', 'callback', 'trusted', 'whitelist', 'allowlist', 'image', 'images', 'dns', 'san', 'sans', 'cert', 'certificate', 'tag',
  'noproxy', 'virtual', 'otel_service', 'version', 'self', 'my', 'own',
]); // biome-ignore format: a table

/** Whether a bare word under this name is an address: `REDIS_HOST`, `--cache.addr`, `spring.redis.host`, `dbUrl`. */
export function isTelling(name: string): boolean {
  const words = wordsOf(name);
  const last = words.findLast(word => !/^\d+$/.test(word));
  return last !== undefined && telling.has(last) && !isMisleading(name) && name !== 'DD_SERVICE';
}

/** Whether what stands under this name is nobody that the workload calls: `ALLOWED_HOSTS`, `NO_PROXY`, `--listen`. */
export function isMisleading(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word, i) => misleading.has(word) || (word === 'no' && words[i + 1] === 'proxy'));
}

/** Where the workload says what it is called itself, it calls nobody. */
export function isOwnAddress(name: string): boolean {
  return /(?:^|[_.-])(?:root|public|external|site|canonical|app|domain|frontend)(?:[_.-]|url|host|$)/i.test(name);
}

/** The words of a name in any of the usual styles; names are short, and what is not is no name. */
function wordsOf(name: string): readonly string[] {
  if (name.length > 200) return [];
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}
