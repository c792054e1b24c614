import { fallthrough, option, plugin } from './plugin';

const policies = ['random', 'round_robin', 'sequential'];

/** Plugins that ask other servers, or watch over that. */
export const upstreamPlugins = [
  plugin(
    'forward',
    'FROM TO...',
    'Asks other servers (at most 15) for names below a zone, keeps their connections, and checks the health of those that fail.',
    {},
    [
      option('except', 'NAMES...', 'Does not forward names below these.', { default: 'none' }),
      option('force_tcp', '', 'Asks over TCP even when the query came over UDP.', { default: 'off' }),
      option('prefer_udp', '', 'Asks over UDP first even when the query came over TCP.', { default: 'off' }),
      option('expire', 'DURATION', 'Closes connections that were idle this long.', { default: '10s' }),
      option('max_age', 'DURATION', 'Closes connections that are this old, used or not.', {
        since: '1.14.3',
        default: 'off',
      }),
      option('max_idle_conns', 'COUNT', 'Idle connections kept for each server; 0 is no limit.', {
        since: '1.14.1',
        default: '0',
      }),
      option('max_fails', 'COUNT', 'Failed health checks after which a server counts as down; 0 trusts it always.', {
        default: '2',
      }),
      option('max_connect_attempts', 'COUNT', 'Connections tried for one query; 0 is no limit.', { since: '1.13.2' }),
      option(
        'health_check',
        'DURATION [no_rec] [domain NAME]',
        'How often a server that failed is checked, and with which query.',
        {
          default: '0.5s',
          values: ['no_rec', 'domain'],
        },
      ),
      option(
        'tls',
        '[CERT KEY] [CA]',
        'Client certificate, and the CA that signed the certificates of tls:// servers.',
        {
          default: 'the CAs of the system',
        },
      ),
      option(
        'tls_servername',
        'NAME',
        'The name a tls:// server must prove; without it anyone in between may answer.',
        {
          default: 'none',
        },
      ),
      option('policy', 'POLICY', 'Which server is asked first.', { default: 'random', values: policies }),
      option(
        'max_concurrent',
        'COUNT',
        'Queries under way at once; more are REFUSED, so that a slow upstream costs no memory.',
        {
          since: '1.6.9',
          default: 'no limit',
          values: ['1000'],
        },
      ),
      option('next', 'RCODE...', 'Tries the next forward line when a server answers so.', {
        since: '1.11.4',
        default: 'none',
        values: ['NXDOMAIN', 'SERVFAIL', 'REFUSED'],
      }),
      option('next_on_nodata', '', 'Tries the next forward line when an answer has no records.', {
        since: '1.14.4',
        default: 'off',
      }),
      option('failover', 'RCODE...', 'Tries the next server when one answers so.', {
        since: '1.13.0',
        default: 'none',
        values: ['SERVFAIL', 'REFUSED'],
      }),
      option(
        'failfast_all_unhealthy_upstreams',
        '',
        'Answers SERVFAIL at once when all servers are down, where one is tried all the same.',
        {
          since: '1.12.1',
          default: 'off',
        },
      ),
      option('resolver', 'ADDRESS...', 'Servers that look up the names of upstreams that are no addresses.', {
        since: '1.14.4',
      }),
      option('read_timeout', 'DURATION', 'How long to wait for the answer of a server.', {
        since: '1.14.5',
        default: '2s',
      }),
      option('doh_method', 'METHOD', 'The HTTP method for https:// servers.', {
        since: '1.14.5',
        values: ['GET', 'POST'],
      }),
      option('source_address', 'ADDRESS', 'The local address from which servers are asked.', { since: '1.14.6' }),
    ],
  ),
  plugin('grpc', 'FROM TO...', 'Asks other servers over gRPC for names below a zone.', { since: '1.5.0' }, [
    option('except', 'NAMES...', 'Does not forward names below these.', { default: 'none' }),
    option('tls', '[CERT KEY] [CA]', 'Client certificate, and the CA of the servers.', { default: 'no TLS' }),
    option('tls_servername', 'NAME', 'The name that the servers must prove.', { default: 'none' }),
    option('policy', 'POLICY', 'Which server is asked first.', { default: 'random', values: policies }),
    { ...fallthrough, since: '1.12.3' },
  ]),
  plugin(
    'loop',
    '',
    'Sends itself a probe at the start and stops the process when its own query comes back: a forwarding loop.',
    { since: '1.2.1', isOnce: true },
  ),
  plugin('proxy', 'FROM TO...', 'Asked other servers for names below a zone, before forward did.', {
    isOpen: true,
    deprecatedIn: '1.4.0',
    removedIn: '1.5.0',
    replacement: 'forward',
  }),
];
