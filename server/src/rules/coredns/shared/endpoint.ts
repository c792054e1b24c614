import { isAtLeast } from '../../../corefile/versions';
import { type AskedEndpoint, askedEndpointsOf, portOfAddress } from '../../../kube/dns/coredns-endpoint';
import type { Report } from '../../../lint/rule';
import { addLine, type CorefileView, corefileFix, placeOf, wholeClusterCorefile } from './corefile-rule';

/** A plugin that answers the kubelet over HTTP. */
export interface Endpoint {
  readonly plugin: 'ready' | 'health';
  readonly path: string;
  readonly port: number;
  readonly since: string;
  /** What the fix adds. */
  readonly block?: readonly string[];
  readonly advice: string;
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
    const message =
      asked === undefined
        ? endpoint.advice
        : `The ${asked.probe} of CoreDNS asks port ${asked.port} for ${asked.path}, which only the plugin '${plugin}' answers, and this Corefile does not have it: ${consequenceOf(asked)}`;
    report(whole.place, message, {
      ...(asked && { severity: 'error', related: [{ at: asked.node, message: 'The probe asks here.' }] }),
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
    `'${plugin}' listens on port ${listening[0]} here, but the ${asked.probe} of CoreDNS asks port ${asked.port}: ${consequenceOf(asked)}`,
    {
      severity: 'error',
      related: [{ at: asked.node, message: 'The probe asks here.' }],
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
    ? 'its pods never become ready, and the cluster has no DNS.'
    : 'the kubelet restarts its pods again and again.';
}
