import { isAtLeast } from '../../../corefile/versions';
import { type AskedEndpoint, askedEndpointsOf, portOfAddress } from '../../../kube/dns/coredns-endpoint';
import type { Message, Report } from '../../../lint/rule';
import { addLine, type CorefileView, corefileFix, placeOf, wholeClusterCorefile } from './corefile-rule';

/** A plugin that answers the kubelet over HTTP. */
export interface Endpoint {
  readonly plugin: 'ready' | 'health';
  readonly path: string;
  readonly port: number;
  readonly since: string;
  /** What the fix adds. */
  readonly block?: readonly string[];
  readonly advice: Message;
}

/** Whether a cluster's DNS has the endpoint; an error where a probe of its pods asks for it. */
export function checkEndpoint(view: CorefileView, endpoint: Endpoint, report: Report): void {
  const whole = wholeClusterCorefile(view);
  const { plugin, path, port, since, block } = endpoint;
  if (whole === undefined) return;
  if (view.coreDns !== undefined && !isAtLeast(view.coreDns.version, since)) return;
  const probes = view.workload === undefined ? [] : askedEndpointsOf(view.workload);
  const asked = probes.find(probe => probe.path === path || (probe.port === port && probe.path === '/'));
  const lines = whole.named(plugin);
  if (lines.length === 0) {
    if (asked === undefined && !view.isClusterDns) return;
    const message =
      asked === undefined
        ? endpoint.advice
        : {
            what: `CoreDNS has a ${asked.probe}, but no plugin '${plugin}'`,
            why: `Only '${plugin}' answers ${asked.path} on port ${asked.port}: ${consequenceOf(asked)}`,
            how: `Add the plugin '${plugin}'.`,
          };
    report(whole.place, message, {
      ...(asked && { severity: 'error', related: [{ at: asked.node, message: `'${asked.probe}' of CoreDNS` }] }),
      fixes: addLine(view, whole.block, { line: plugin, ...(block && { block }) }, 'errors'),
    });
    return;
  }
  const listening = lines.map(({ args }) => (args[0] === undefined ? port : portOfAddress(args[0].text)));
  const [address] = lines.flatMap(({ args }) => args.slice(0, 1));
  if (asked === undefined || listening.some(number => number === undefined || number === asked.port)) return;
  const [line] = lines;
  const at = address ?? line?.name;
  if (at === undefined) return;
  report(
    placeOf(view, at),
    {
      what: `'${plugin}' listens on port ${listening[0]}, but the ${asked.probe} uses port ${asked.port}`,
      why: `The probe gets no answer: ${consequenceOf(asked)}`,
      how: `Let both use port ${asked.port}.`,
    },
    {
      severity: 'error',
      related: [{ at: asked.node, message: `'${asked.probe}' of CoreDNS` }],
      fixes: address
        ? corefileFix(view, `Listen on port ${asked.port}`, [
            { range: address.range, text: address.text.replace(/(?<!\d)\d+$/, String(asked.port)) },
          ])
        : [],
    },
  );
}

function consequenceOf({ probe }: AskedEndpoint): string {
  return probe === 'readinessProbe'
    ? 'the pods never become ready, and the cluster has no DNS.'
    : 'the kubelet restarts the pods again and again.';
}
