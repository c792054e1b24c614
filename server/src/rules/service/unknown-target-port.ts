import { isPlaceholder } from '../../kube/placeholder';
import { containerPortsOf, type Workload } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { mentionsPort } from '../../kube/services/probe';
import { isHeadless, type Service, type ServicePort, servicePortsOf } from '../../kube/services/service';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { isAdrift } from '../../network/references/directory';
import { workloadsBehind } from '../../network/references/near-misses';
import { listedPorts, podsOfAll, protocolFix, targetFixes } from './shared/target-port';

export default defineRule({
  id: 'service/unknown-target-port',
  title: 'The target port of a Service is a port of its pods',
  severity: 'error',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const service of namespace.judged('Service')) {
      const workloads = workloadsBehind(services, service);
      for (const port of servicePortsOf(service)) {
        if (/^[0-9]+$/.test(String(port.target)) && typeof port.target === 'string') refuseQuoted(port, report);
        else if (workloads.length === 0) continue;
        else if (typeof port.target === 'string') checkName(service, port, workloads, namespace, report);
        else if (!isHeadless(service)) checkNumber(port, port.target, workloads, report);
      }
    }
  },
});

function refuseQuoted({ node, target }: ServicePort, report: Report): void {
  const written = node.at('targetPort');
  const edit: Fix['edit'] = edits => edits.set(written, Number(target));
  report(
    written,
    `'${target}' is in quotes, which makes it a name, and a name has a letter: the API server rejects the Service.`,
    {
      alone: true,
      fixes: [fix(`Use the number ${target}`, edit, { safe: true })],
    },
  );
}

/** A name is looked up in each pod; a pod without it gets no endpoint for the port. */
function checkName(
  service: Service,
  port: ServicePort,
  workloads: readonly Workload[],
  namespace: Namespace<never>,
  report: Report,
): void {
  const isNamed = (workload: Workload) =>
    containerPortsOf(workload).some(({ name, protocol }) => name === port.target && protocol === port.protocol);
  // Variants of one object may stand in several files: a port that one of them has is there.
  const holders = new Set(workloads.filter(isNamed).map(titleOf));
  const lacking = workloads.filter(workload => !holders.has(titleOf(workload)));
  if (lacking.length === 0 || isPlaceholder(String(port.target))) return;
  const isNowhere = holders.size === 0;
  // Pods with these labels that were written for another namespace may never stand behind this Service.
  if (!isNowhere && isAdrift(service, namespace)) return;
  const alike = lacking.flatMap(containerPortsOf).find(({ name }) => name === port.target);
  const what = alike
    ? `Port '${port.target}' of ${podsOfAll(lacking)} is ${alike.protocol}, and this one is ${port.protocol}`
    : `No container of ${podsOfAll(lacking)} has a port named '${port.target}' (${listedPorts(lacking)})`;
  const outcome = isHeadless(service)
    ? 'the SRV records of the port stay empty'
    : isNowhere
      ? 'the Service has no endpoints for it, and connections fail'
      : 'these pods get no connections through it';
  report(port.node.at('targetPort'), `${what}: ${outcome}.`, {
    severity: isNowhere && !isHeadless(service) ? 'error' : 'warning',
    related: lacking
      .slice(0, 5)
      .map(workload => ({ at: workload.name, message: `Looked for in ${titleOf(workload)}` })),
    fixes: alike ? [protocolFix(port, alike.protocol)] : isNowhere ? targetFixes(port, workloads) : [],
  });
}

/** A number that no pod lists may be open all the same, so this is a hint, and none where a pod lists nothing. */
function checkNumber(port: ServicePort, target: number, workloads: readonly Workload[], report: Report): void {
  const isListed = (workload: Workload) => containerPortsOf(workload).some(({ number }) => number === target);
  if (workloads.some(workload => containerPortsOf(workload).length === 0)) return;
  if (workloads.some(workload => isListed(workload) || mentionsPort(workload, target))) return;
  // Mesh sidecars are put in when the pod is made, and listen on these.
  if (target >= 15000 && target < 15100) return;
  const { node } = port;
  report(
    node.at('targetPort').exists ? node.at('targetPort') : node.at('port'),
    `No container of ${podsOfAll(workloads)} lists port ${target}: ${listedPorts(workloads)}. That need not be wrong, because a list opens and closes nothing.`,
    { severity: 'info', fixes: targetFixes(port, workloads) },
  );
}
