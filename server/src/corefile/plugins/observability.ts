import { option, plugin } from './plugin';

/** Plugins that show what the server does. */
export const observabilityPlugins = [
  plugin(
    'log',
    '[NAMES...] [FORMAT]',
    'Writes a line for every query to standard output; costs a lot on a busy server, so classes are worth choosing.',
    {},
    [
      option('class', 'CLASS...', 'Logs answers of these classes only.', {
        default: 'all',
        values: ['success', 'denial', 'error', 'all'],
      }),
    ],
  ),
  plugin('errors', '', 'Writes errors that happen while queries are answered to standard output.', { isOnce: true }, [
    option(
      'consolidate',
      'DURATION REGEXP [LEVEL] [show_first]',
      'Joins errors that match within a time into one line; the level came with 1.8.5, show_first with 1.14.0.',
      { values: ['warning', 'error', 'info', 'debug', 'show_first'] },
    ),
    option('stacktrace', '', 'Adds a stack trace when CoreDNS recovers from a panic.', {
      since: '1.9.3',
      default: 'off',
    }),
  ]),
  plugin(
    'prometheus',
    '[ADDRESS]',
    'Offers metrics at /metrics. Without an address on localhost:9153, which no other pod reaches: write `:9153`.',
    { isOnce: true, isOpen: true, values: [':9153'] },
    [option('tls', 'CERT KEY', 'Serves the metrics over TLS.', { since: '1.14.3', default: 'off' })],
  ),
  plugin(
    'health',
    '[ADDRESS]',
    'Answers OK at /health (on :8080) as long as the process lives: for the liveness probe.',
    { isOnce: true },
    [
      option('lameduck', 'DURATION', 'On shutdown keeps answering this long, until clients have gone elsewhere.', {
        default: '0s',
        values: ['5s'],
      }),
    ],
  ),
  plugin(
    'ready',
    '[ADDRESS]',
    'Answers OK at /ready (on :8181) once every plugin that says so is ready: for the readiness probe.',
    { since: '1.5.0', isOnce: true },
    [
      option('monitor', 'MODE', 'Whether plugins are asked again after they were ready once.', {
        default: 'until-ready',
        values: ['until-ready', 'continuously'],
      }),
    ],
  ),
  plugin('pprof', '[ADDRESS]', 'Offers run-time profiles of the process (on localhost:6053).', { isOnce: true }, [
    option('block', '[RATE]', 'Profiles where goroutines wait, too.', { since: '1.5.0', default: 'off' }),
  ]),
  plugin(
    'trace',
    '[TYPE] [ENDPOINT]',
    'Sends a trace of queries through the plugins to Zipkin (localhost:9411) or Datadog.',
    { isOpen: true, values: ['zipkin', 'datadog'] },
    [
      option('every', 'COUNT', 'Traces one query of this many.', { default: '1' }),
      option('service', 'NAME', 'The name of this service in the traces.', { default: 'coredns' }),
      option('client_server', '', 'Joins the spans of client and server.', { default: 'off' }),
      option('datadog_analytics_rate', 'RATE', 'Share of traces that Datadog analyses, from 0 to 1.', { default: '0' }),
      option('zipkin_max_backlog_size', 'COUNT', 'Spans that may wait for sending.', { since: '1.9.4' }),
      option('zipkin_max_batch_size', 'COUNT', 'Spans that are sent at once.', { since: '1.9.4' }),
      option('zipkin_max_batch_interval', 'DURATION', 'How long spans wait for a batch to fill.', { since: '1.9.4' }),
    ],
  ),
  plugin(
    'dnstap',
    'SOCKET [full] [WRITE_BUFFER] [QUEUE]',
    'Sends each query and answer to a dnstap socket, with `full` the whole message.',
    { isOpen: true },
    [
      option('identity', 'NAME', 'The name of this server in the messages.', { default: 'the host name' }),
      option('version', 'TEXT', 'The version in the messages.', { default: 'the version of CoreDNS' }),
      option('extra', 'FORMAT', 'Text for the extra field; may use metadata.', { since: '1.11.2' }),
      option('skipverify', '', 'Does not check the certificate of a tls:// socket.', {
        since: '1.11.0',
        default: 'off',
      }),
    ],
  ),
  plugin('metadata', '[ZONES...]', 'Collects what plugins know of a query for others to use: log, rewrite, view.'),
  plugin(
    'geoip',
    'DATABASE',
    'Looks up where the client is in a MaxMind database and keeps that as metadata.',
    { since: '1.8.5' },
    [
      option('edns-subnet', '', 'Takes the client from the EDNS0 subnet when there is one.', {
        since: '1.9.2',
        default: 'off',
      }),
    ],
  ),
  plugin(
    'whoami',
    '',
    'Answers every query with the address, port and transport of the client: for trying things out.',
  ),
  plugin('chaos', '[VERSION] [AUTHORS...]', 'Answers queries of class CH for version and authors of the server.'),
  plugin('erratic', '', 'Delays, truncates or drops answers on purpose, to test clients.', {}, [
    option('drop', '[COUNT]', 'Drops one query of this many.', { default: '2' }),
    option('truncate', '[COUNT]', 'Truncates one answer of this many.', { default: 'off' }),
    option('delay', '[COUNT [DURATION]]', 'Delays one answer of this many.', { default: 'off' }),
    option('large', '', 'Sends answers that are too large for UDP.', { default: 'off' }),
  ]),
];
