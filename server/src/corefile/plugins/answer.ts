import { fallthrough, option, plugin } from './plugin';

/** Plugins that change queries and answers on their way. */
export const answerPlugins = [
  plugin(
    'cache',
    '[TTL] [ZONES...]',
    'Keeps answers for up to TTL seconds (3600, or 1800 when there is none); the TTL only caps, a record keeps its own shorter one.',
    { isOnce: true, values: ['30'] },
    [
      option('success', 'CAPACITY [TTL] [MINTTL]', 'Room and times for answers that have records.', {
        default: '9984 3600 5',
      }),
      option('denial', 'CAPACITY [TTL] [MINTTL]', 'Room and times for answers that a name or record does not exist.', {
        default: '9984 1800 5',
      }),
      option(
        'prefetch',
        'AMOUNT [DURATION [PERCENTAGE%]]',
        'Fetches popular answers again shortly before they expire.',
        {
          default: 'off',
        },
      ),
      option(
        'serve_stale',
        '[DURATION] [MODE] [TIMEOUT] [TTL] [RECHECK]',
        'Gives expired answers while the source does not answer.',
        {
          since: '1.6.6',
          default: 'off',
          values: ['1h', 'immediate', 'verify'],
        },
      ),
      option('serve_stale_policy', 'POLICY', 'Prefers an expired answer with records to a fresh one without.', {
        since: '1.14.7',
        default: 'off',
        values: ['prefer_positive'],
      }),
      option('servfail', 'DURATION', 'Keeps failures this long, at most 5m; 0 keeps none.', {
        since: '1.9.4',
        default: '5s',
      }),
      option('disable', 'success|denial [ZONES...]', 'Does not keep such answers, for these zones or for all.', {
        since: '1.9.4',
        default: 'none',
        values: ['success', 'denial'],
      }),
      option('keepttl', '', 'Gives the full TTL with every answer, where it counts down in the cache.', {
        since: '1.10.1',
        default: 'off',
      }),
    ],
  ),
  plugin(
    'rewrite',
    '[continue|stop] FIELD [TYPE] [FROM TO] [OPTIONS...]',
    'Changes the name, type, class, flags or TTL of a query before the other plugins see it, and the answer back.',
    { isOpen: true, values: ['name', 'stop', 'continue', 'type', 'class', 'edns0', 'ttl', 'cname', 'rcode'] },
    [
      option('name', '[exact|prefix|suffix|substring|regex] FROM TO', 'Asks for another name.', {
        values: ['exact', 'prefix', 'suffix', 'substring', 'regex'],
      }),
      option('answer', 'auto | [name|value] FROM TO', 'Puts the first name back into the answer.', {
        values: ['auto', 'name', 'value'],
      }),
    ],
  ),
  plugin(
    'loadbalance',
    '[POLICY] [FILE]',
    'Shuffles the addresses in each answer, so that clients which take the first spread out.',
    { values: ['round_robin', 'weighted'] },
    [
      option('reload', 'DURATION', 'How often the file with the weights is read.', { since: '1.10.1', default: '30s' }),
      option('prefer', 'CIDR...', 'Puts addresses of these networks first.', { since: '1.12.4', default: 'none' }),
    ],
  ),
  plugin('header', '', 'Sets or clears flags of queries and answers.', { since: '1.8.5' }, [
    option('query', 'ACTION FLAG...', 'Changes flags of the query.', {
      since: '1.9.4',
      values: ['set', 'clear', 'aa', 'ra', 'rd'],
    }),
    option('response', 'ACTION FLAG...', 'Changes flags of the answer.', {
      since: '1.9.4',
      values: ['set', 'clear', 'aa', 'ra', 'rd'],
    }),
    option('set', 'FLAG...', 'Sets flags of the answer.', {
      removedIn: '1.12.4',
      replacement: 'response set',
      values: ['aa', 'ra', 'rd'],
    }),
    option('clear', 'FLAG...', 'Clears flags of the answer.', {
      removedIn: '1.12.4',
      replacement: 'response clear',
      values: ['aa', 'ra', 'rd'],
    }),
  ]),
  plugin(
    'acl',
    '[ZONES...]',
    'Lets clients ask, or not, by their network and the type of the query.',
    {},
    ['allow', 'block', 'filter', 'drop'].map(action =>
      option(action, '[type QTYPE...] [net CIDR...]', actionSummary(action), {
        ...(action === 'drop' && { since: '1.10.1' }),
        values: ['type', 'net'],
      }),
    ),
  ),
  plugin(
    'dns64',
    '[PREFIX]',
    'Makes IPv6 addresses from IPv4 ones, for clients behind NAT64 (64:ff9b::/96).',
    { since: '1.7.0', isOpen: true },
    [
      option('prefix', 'PREFIX', 'The network for the addresses that are made.', { default: '64:ff9b::/96' }),
      option('translate_all', '', 'Makes them even for names that have IPv6 addresses.', { default: 'off' }),
      option('allow_ipv4', '', 'Makes them for queries that came over IPv4, too.', { default: 'off' }),
    ],
  ),
  plugin(
    'dnssec',
    '[ZONES...]',
    'Signs answers as they are given, with NSEC black lies for what does not exist.',
    { isOnce: true, isOpen: true },
    [
      option('key', 'file|aws_secretsmanager KEY...', 'The keys to sign with.', {
        values: ['file', 'aws_secretsmanager'],
      }),
      option('cache_capacity', 'COUNT', 'Signatures that are kept.', { default: '10000' }),
    ],
  ),
  plugin('tsig', '[ZONES...]', 'Checks signed queries and signs their answers.', { since: '1.9.4', isOpen: true }, [
    option('secret', 'NAME KEY', 'A key.'),
    option('secrets', 'FILE', 'A file with keys.'),
    option('require', '[QTYPE...]', 'Refuses unsigned queries of these types.', {
      default: 'none',
      values: ['all', 'none', 'AXFR', 'IXFR'],
    }),
    option('require_opcode', '[OPCODE...]', 'Refuses unsigned messages of these kinds.', {
      since: '1.14.3',
      default: 'none',
    }),
  ]),
  plugin(
    'view',
    'NAME',
    'Makes its server block answer only queries that fit, so that several blocks can share a zone.',
    { since: '1.10.0' },
    [option('expr', 'EXPRESSION', 'What a query must fulfil, as an expression over its name, client and metadata.')],
  ),
  plugin(
    'autopath',
    '[ZONES...] RESOLV_CONF|@PLUGIN',
    'Follows the search path of the client itself, in one query where the client would need several; `@kubernetes` needs `pods verified`.',
    { values: ['@kubernetes'] },
  ),
  plugin('minimal', '', 'Leaves out of answers what clients do not need.', { since: '1.8.4' }),
  plugin('any', '', 'Answers queries of type ANY with next to nothing, against their use in attacks.'),
  plugin(
    'local',
    '',
    'Answers localhost, 127.in-addr.arpa and the like itself, without asking anyone.',
    { since: '1.8.1' },
    // Of June 2026 (coredns:e45ad5f87), and in the notes of no release.
    [option('localhost_prefix', '[...]', 'Whether names that begin with `localhost.` are answered, too.')],
  ),
  plugin(
    'template',
    'CLASS TYPE [ZONES...]',
    'Makes answers from a text with placeholders, for names that match.',
    { values: ['IN', 'ANY'] },
    [
      option('match', 'REGEXP...', 'Which names it answers.', { default: '.*' }),
      option('answer', 'RECORD', 'A record of the answer.'),
      option('additional', 'RECORD', 'A record for the additional section.'),
      option('authority', 'RECORD', 'A record for the authority section.'),
      option('rcode', 'CODE', 'The code of the answer.', {
        default: 'NOERROR',
        values: ['NXDOMAIN', 'NOERROR', 'REFUSED', 'SERVFAIL'],
      }),
      option('ederror', 'CODE [REASON]', 'An extended error.', { since: '1.10.1' }),
      option('upstream', '', 'Has no effect: names that an answer points to are always looked up.', {
        ignoredIn: '1.4.0',
      }),
      fallthrough,
    ],
  ),
];

function actionSummary(action: string): string {
  if (action === 'allow') return 'Answers such queries.';
  if (action === 'block') return 'Answers such queries with REFUSED.';
  return action === 'filter' ? 'Answers such queries without records.' : 'Does not answer such queries at all.';
}
