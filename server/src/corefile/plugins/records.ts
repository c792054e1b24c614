import { fallthrough, option, plugin } from './plugin';

/** Plugins that hold records of their own. */
export const recordPlugins = [
  plugin(
    'kubernetes',
    '[ZONES...]',
    'Answers for the Services and pods of a cluster, from a watch on its API.',
    { isOnce: true, values: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'] },
    [
      option(
        'pods',
        'MODE',
        'Records for pod addresses: none, any address that is asked for, or those of pods that exist.',
        {
          default: 'disabled',
          values: ['disabled', 'insecure', 'verified'],
        },
      ),
      option('ttl', 'SECONDS', 'The TTL of its answers, from 0 to 3600.', { default: '5', values: ['30'] }),
      { ...fallthrough, values: ['in-addr.arpa', 'ip6.arpa'] },
      option('namespaces', 'NAMESPACE...', 'Answers for these namespaces only.', { default: 'all' }),
      option('namespace_labels', 'EXPRESSION', 'Answers for namespaces with these labels only.', { default: 'all' }),
      option('labels', 'EXPRESSION', 'Answers for objects with these labels only.', { default: 'all' }),
      option('endpoint_pod_names', '', 'Names endpoints after their pods, where the address with dashes is the name.', {
        default: 'off',
      }),
      option('noendpoints', '', 'Does not watch endpoints: headless Services have no records.', { default: 'off' }),
      option('ignore', 'empty_service', 'Treats a Service without ready endpoints as missing.', {
        default: 'off',
        values: ['empty_service'],
      }),
      option(
        'endpoint',
        'URL',
        'The API server, when CoreDNS runs outside of the cluster; only the first of several URLs counts.',
        {
          default: 'the cluster it runs in',
        },
      ),
      option('tls', 'CERT KEY CA', 'How to prove who asks that API server.', { default: 'none' }),
      option('kubeconfig', 'FILE [CONTEXT]', 'A kubeconfig for an API server elsewhere.', { default: 'none' }),
      option('multicluster', '[ZONES...]', 'Answers for ServiceImports in these zones.', {
        since: '1.12.2',
        default: 'off',
      }),
      option('startup_timeout', 'DURATION', 'How long the start waits for the API.', {
        since: '1.12.3',
        default: '5s',
      }),
      option('zonal', '', 'Answers for headless Services with the endpoints of one zone, where the name asks for it.', {
        since: '1.14.7',
        default: 'off',
      }),
      option('apiserver_qps', 'COUNT', 'Requests to the API each second.', { since: '1.14.0' }),
      option('apiserver_burst', 'COUNT', 'Requests to the API in a burst.', { since: '1.14.0' }),
      option('apiserver_max_inflight', 'COUNT', 'Requests to the API under way at once.', { since: '1.14.0' }),
      option('upstream', '[ADDRESS...]', 'Looked up names outside of the cluster that Services point to.', {
        deprecatedIn: '1.4.0',
        ignoredIn: '1.5.0',
        removedIn: '1.7.0',
      }),
      option('resyncperiod', 'DURATION', 'How often everything was read again.', {
        deprecatedIn: '1.5.0',
        removedIn: '1.7.0',
      }),
      option('transfer', 'to ADDRESS...', 'Who may fetch the whole zone.', {
        removedIn: '1.8.0',
        replacement: 'the plugin transfer',
      }),
    ],
  ),
  plugin(
    'k8s_external',
    '[ZONES...]',
    'Answers for the external addresses of Services in a zone of its own; needs the kubernetes plugin.',
    { since: '1.3.0' },
    [
      option('apex', 'NAME', 'The label for the records of the zone itself.', { default: 'dns' }),
      option('ttl', 'SECONDS', 'The TTL of its answers.', { default: '5' }),
      option('headless', '', 'Answers for headless Services, too.', { since: '1.9.4', default: 'off' }),
      { ...fallthrough, since: '1.11.0' },
    ],
  ),
  plugin(
    'hosts',
    '[FILE [ZONES...]]',
    'Answers from a file like /etc/hosts, or from lines of that form in its block.',
    { isOnce: true, isOpen: true },
    [
      option('ttl', 'SECONDS', 'The TTL of its answers.', { default: '3600' }),
      option('no_reverse', '', 'Makes no PTR records.', { default: 'off' }),
      option('reload', 'DURATION', 'How often the file is looked at; 0 is never.', { default: '5s' }),
      {
        ...fallthrough,
        summary: 'Hands a name that is not listed to the next plugin; without it every other name is NXDOMAIN.',
      },
    ],
  ),
  plugin('file', 'DBFILE [ZONES...]', 'Answers from a zone file.', {}, [
    option('reload', 'DURATION', 'How often the file is looked at; 0 is never.', { default: '1m' }),
    { ...fallthrough, since: '1.12.2' },
    option('reload_by_mtime', '', 'Reads the file again when its time changed, where the serial number decides.', {
      since: '1.14.4',
      default: 'off',
    }),
    option('transfer', 'to ADDRESS...', 'Who may fetch the zone.', {
      removedIn: '1.8.0',
      replacement: 'the plugin transfer',
    }),
    option('upstream', '', 'Has no effect: names that an answer points to are always looked up.', {
      ignoredIn: '1.4.0',
    }),
  ]),
  plugin('auto', '[ZONES...]', 'Answers from all zone files of a folder, as they come and go.', { isOpen: true }, [
    option('directory', 'FOLDER [REGEXP ORIGIN]', 'Where the files are, and how their names make zones.', {
      default: 'db\\.(.*) {1}',
    }),
    option('reload', 'DURATION', 'How often the folder is looked at; 0 is never.', { default: '1m' }),
    option('transfer', 'to ADDRESS...', 'Who may fetch the zones.', {
      removedIn: '1.8.0',
      replacement: 'the plugin transfer',
    }),
    option('no_reload', '', 'Did not look at the folder again.', {
      deprecatedIn: '1.4.0',
      removedIn: '1.5.0',
      replacement: 'reload 0',
    }),
    option('upstream', '', 'Has no effect: names that an answer points to are always looked up.', {
      ignoredIn: '1.4.0',
    }),
  ]),
  plugin('secondary', '[ZONES...]', 'Fetches zones from a primary server and answers for them.', { isOpen: true }, [
    option('transfer', 'from ADDRESS...', 'Where the zones are fetched.', { values: ['from'] }),
    { ...fallthrough, since: '1.14.4' },
  ]),
  plugin(
    'transfer',
    '[ZONES...]',
    'Lets others fetch zones that plugins here hold, and tells them of changes.',
    { since: '1.6.5', isOpen: true },
    [option('to', 'ADDRESS...', 'Who may fetch; `*` is anyone.', { values: ['*'] })],
  ),
  plugin('sign', 'DBFILE [ZONES...]', 'Signs a zone file again and again, in time.', { since: '1.6.3', isOpen: true }, [
    option('key', 'file|directory KEY...', 'The keys to sign with.', { values: ['file', 'directory'] }),
    option('directory', 'FOLDER', 'Where the signed file is written.', { default: '/var/lib/coredns' }),
  ]),
  plugin(
    'etcd',
    '[ZONES...]',
    'Answers from etcd, in the form of SkyDNS; external-dns can write it.',
    { isOpen: true },
    [
      fallthrough,
      option('path', 'PATH', 'Where the records are in etcd.', { default: '/skydns' }),
      option('endpoint', 'URL...', 'The etcd servers.', { default: 'http://localhost:2379' }),
      option('credentials', 'USER PASSWORD', 'How to sign in.', { since: '1.4.0', default: 'none' }),
      option('tls', '[CERT KEY] [CA]', 'Certificates for the connection.', { default: 'none' }),
      option('stubzones', '', 'Looked up zones that are delegated in etcd.', { ignoredIn: '1.3.0' }),
      option('upstream', '[ADDRESS...]', 'Has no effect: names that an answer points to are always looked up.', {
        ignoredIn: '1.4.0',
      }),
    ],
  ),
  plugin('route53', '[ZONE:ID...]', 'Answers from hosted zones of AWS Route 53.', { isOpen: true }, [
    option('aws_access_key', 'ID SECRET', 'Keys in plain text.', { deprecatedIn: '1.9.2' }),
    option('aws_endpoint', 'URL', 'Another address of the AWS API.', { default: 'by region' }),
    option('credentials', 'PROFILE [FILE]', 'A profile of the shared credentials file.', {
      default: 'the environment',
    }),
    option('refresh', 'DURATION', 'How often records are fetched.', { default: '1m' }),
    fallthrough,
    option('upstream', '[ADDRESS...]', 'Has no effect: names that an answer points to are always looked up.', {
      ignoredIn: '1.4.0',
    }),
  ]),
  plugin('azure', 'GROUP:ZONE...', 'Answers from zones of Azure DNS.', { isOpen: true }, [
    option('tenant', 'ID', 'The tenant of the credentials.'),
    option('client', 'ID', 'The client of the credentials.'),
    option('secret', 'SECRET', 'The secret of the credentials.'),
    option('subscription', 'ID', 'The subscription that holds the zones.'),
    option('environment', 'NAME', 'The cloud.', { default: 'AzurePublicCloud' }),
    option('access', 'MODE', 'Whether the zones are public or private.', {
      since: '1.6.9',
      default: 'public',
      values: ['public', 'private'],
    }),
    fallthrough,
  ]),
  plugin(
    'clouddns',
    'ZONE:PROJECT:NAME...',
    'Answers from zones of Google Cloud DNS.',
    { since: '1.6.3', isOpen: true },
    [
      option('credentials', '[FILE]', 'A key file of a service account.', { default: 'of the environment' }),
      fallthrough,
    ],
  ),
  plugin('nomad', '[ZONE]', 'Answers for services of HashiCorp Nomad (service.nomad).', { since: '1.13.0' }, [
    option('address', 'URL...', 'The Nomad servers.', { default: 'http://127.0.0.1:4646' }),
    option('filter', 'FILTER', 'Answers for services that pass this filter.', { since: '1.13.2', default: 'none' }),
    option('token', 'TOKEN', 'How to sign in.', { default: 'none' }),
    option('ttl', 'SECONDS', 'The TTL of its answers.', { default: '30' }),
  ]),
];
