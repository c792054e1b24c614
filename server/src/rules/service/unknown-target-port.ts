import { isPlaceholder } from '../../kube/placeholder';
import { containerPortsOf, type Workload } from '../../kube/pods/workload';
import { nameOf, titleOf } from '../../kube/resource';
import { isHeadless, protocols, type Service, type ServicePort, servicePortsOf } from '../../kube/services/service';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { isAdrift } from '../../network/references/directory';
import { workloadsBehind } from '../../network/references/near-misses';
import { podsOfAll, portsToUse, protocolFix, targetFixes } from './shared/target-port';

export default defineRule({
  id: 'service/unknown-target-port',
  title: 'The targetPort of a Service exists on its pods',
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
        // A number works whether or not a pod lists it, because a list opens and closes nothing.
        if (typeof port.target === 'number') continue;
        if (/^[0-9]+$/.test(port.target)) refuseQuoted(service, port, report);
        else if (workloads.length > 0 && protocols.has(port.protocol))
          checkName(service, port, workloads, namespace, report);
      }
    }
  },
});

function refuseQuoted(service: Service, { node, target }: ServicePort, report: Report): void {
  const written = node.at('targetPort');
  const edit: Fix['edit'] = edits => edits.set(written, Number(target));
  report(
    written,
    {
      what: `Target port '${target}' is a number in quotes`,
      why: `Quotes make it a name, and a port name needs a letter: the API server rejects Service '${nameOf(service)}'.`,
      how: 'Remove the quotes.',
    },
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
  const outcome = isHeadless(service)
    ? 'The SRV records of this port stay empty.'
    : isNowhere
      ? `Service '${nameOf(service)}' has no endpoints for this port, and connections to it fail.`
      : 'These pods get no connections through this port.';
  const message = alike
    ? {
        what: `Target port '${port.target}' is ${alike.protocol} on the pods, not ${port.protocol}`,
        why: `It is ${alike.protocol} in ${podsOfAll(lacking)}. ${outcome}`,
        how: `Use protocol ${alike.protocol} here, or ${port.protocol} in the pods.`,
      }
    : {
        what: `Target port '${port.target}' not found in ${podsOfAll(lacking)}`,
        why: `None of the containers has a port of this name. ${outcome}`,
        how: portsToUse(lacking, String(port.target)),
      };
  report(port.node.at('targetPort'), message, {
    severity: isNowhere && !isHeadless(service) ? 'error' : 'warning',
    related: lacking
      .slice(0, 5)
      .map(workload => ({ at: workload.name, message: `Looked for in ${titleOf(workload)}` })),
    fixes: alike ? [protocolFix(port, alike.protocol)] : isNowhere ? targetFixes(port, workloads) : [],
  });
}
