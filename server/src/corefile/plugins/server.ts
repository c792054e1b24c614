import { option, plugin } from './plugin';

/** Certificates that CoreDNS fetches itself (coredns#8310, notes of 1.14.7). */
const acme = [
  option('acme', 'DOMAIN...', 'Gets and renews the certificate for these names by ACME, which CoreDNS answers itself.'),
  option('email', 'ADDRESS', 'The contact of the ACME account.'),
  option('ca', 'URL', 'The directory of the ACME server.'),
  option('ca_root', 'FILE', 'The root certificate that the ACME server is trusted by.'),
  option('storage', 'FOLDER', 'Where certificates and keys are kept.'),
  option('resolver', 'ADDRESS...', 'Servers that are asked whether the challenge can be seen.'),
].map(each => ({ ...each, since: '1.14.7' }));

/** Plugins that set up the server and its connections. */
export const serverPlugins = [
  plugin(
    'import',
    'SNIPPET|FILE|GLOB',
    'Puts the lines of a snippet, or of files beside the Corefile, in place of this line.',
  ),
  plugin('root', 'FOLDER', 'Sets the folder in which plugins look for the files they are given by name.', {
    isOnce: true,
  }),
  plugin(
    'bind',
    'ADDRESS|INTERFACE...',
    'Listens on these addresses or interfaces only, where every address of the host is the default.',
    {},
    [
      option('except', 'ADDRESS|INTERFACE...', 'Leaves out these addresses of the interfaces that are bound.', {
        since: '1.8.4',
        default: 'none',
      }),
    ],
  ),
  plugin(
    'debug',
    '',
    'Stops on a panic where CoreDNS would recover from it, and logs at debug level: not for production.',
  ),
  plugin(
    'tls',
    '[CERT KEY [CA]]',
    'Gives the certificate and key with which the server answers over TLS, HTTPS, QUIC or gRPC.',
    { isOnce: true },
    [
      option('client_auth', 'MODE', 'Says whether clients must show a certificate.', {
        default: 'nocert',
        values: ['nocert', 'request', 'require', 'verify_if_given', 'require_and_verify'],
      }),
      ...acme,
      option('keylog', 'FILE', 'Writes the session keys to a file, for reading recorded traffic while debugging.', {
        since: '1.14.3',
        default: 'off',
      }),
    ],
  ),
  plugin(
    'timeouts',
    '',
    'Sets how long the server waits on TCP, TLS and HTTPS connections.',
    { since: '1.10.1', isOpen: true },
    [
      option('read', 'DURATION', 'How long reading a query may take.', { default: 'by transport' }),
      option('write', 'DURATION', 'How long writing an answer may take.', { default: 'by transport' }),
      option('idle', 'DURATION', 'How long a connection stays open without queries.', { default: 'by transport' }),
      option('maxtcpqueries', 'COUNT', 'Queries on one TCP or TLS connection before it is closed; -1 is no limit.', {
        default: '-1',
      }),
    ],
  ),
  plugin(
    'multisocket',
    '[SOCKETS]',
    'Opens several sockets on the same port so that the kernel spreads queries over them; helps on many cores.',
    { since: '1.12.0' },
  ),
  plugin(
    'reload',
    '[INTERVAL] [JITTER]',
    'Watches the Corefile and loads it again when it changed (every 30s, give or take 15s); a broken one is logged and ignored.',
    { isOnce: true, values: ['30s', '10s', 'off'] },
  ),
  plugin('cancel', '[TIMEOUT]', 'Gives up on a query after this time (5.001s), because no client waits longer.', {
    since: '1.5.0',
  }),
  plugin(
    'bufsize',
    '[SIZE]',
    'Limits the size of UDP answers a client may ask for (1232 bytes), so that they are not fragmented.',
    { since: '1.6.6' },
  ),
  plugin('nsid', '[DATA]', 'Tells clients that ask for it which server answered: this text, or the host name.', {
    isOnce: true,
  }),
  plugin('on', 'EVENT COMMAND...', 'Runs a command when the server starts, stops or restarts.', {
    values: ['startup', 'shutdown', 'certrenew'],
  }),
  plugin(
    'shed',
    '',
    'Drops queries over UDP while answers cannot be sent fast enough, so that an overload fills no memory.',
    { since: '1.14.7' },
  ),
  plugin('quic', '', 'Limits DNS over QUIC, for blocks with quic:// zones.', { since: '1.12.2' }, [
    option('max_streams', 'COUNT', 'Streams that one connection may have open.', { default: '256' }),
    option('worker_pool_size', 'COUNT', 'Streams that are worked on at once, over all connections.', {
      default: '512',
    }),
  ]),
  plugin('grpc_server', '', 'Limits DNS over gRPC, for blocks with grpc:// zones.', { since: '1.14.0' }, [
    option('max_streams', 'COUNT', 'Streams that one connection may have open; 0 takes the limit away.', {
      default: '256',
    }),
    option('max_connections', 'COUNT', 'Connections that may be open; 0 takes the limit away.', { default: '200' }),
  ]),
  plugin('https', '', 'Limits DNS over HTTPS, for blocks with https:// zones.', { since: '1.14.0' }, [
    option('max_connections', 'COUNT', 'Connections that may be open; 0 takes the limit away.', { default: '200' }),
  ]),
  plugin('https3', '', 'Limits DNS over HTTP/3, for blocks with https3:// zones.', { since: '1.14.0' }, [
    option('max_streams', 'COUNT', 'Streams that one connection may have open; 0 leaves it to QUIC.', {
      default: '256',
    }),
  ]),
  plugin(
    'proxyproto',
    '',
    'Reads the PROXY header of a load balancer, so that the address of the real client is known.',
    { since: '1.14.2' },
    [
      option('allow', 'CIDR...', 'Believes the header only when it comes from these networks.', { default: 'all' }),
      option('default', 'POLICY', 'What happens to a header from anywhere else.', {
        default: 'ignore',
        values: ['use', 'ignore', 'reject', 'skip'],
      }),
      option(
        'udp_session_tracking',
        'DURATION [SESSIONS]',
        'Keeps a client for the datagrams after one that is a header only.',
        {
          since: '1.14.3',
          default: 'off',
        },
      ),
    ],
  ),
];
