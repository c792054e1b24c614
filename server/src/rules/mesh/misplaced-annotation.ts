import { podTemplateOf } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

const ofIstio = /^(?:sidecar\.istio\.io\/|traffic\.sidecar\.istio\.io\/|proxy\.istio\.io\/config$|inject\.istio\.io\/)/;
const ofLinkerd = /^(?:linkerd\.io\/inject$|config\.linkerd\.io\/)/;

export default defineRule({
  id: 'mesh/misplaced-annotation',
  title: 'Mesh annotations of pods are on the pod template',
  severity: 'warning',
  per: 'resource',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'],
  references: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0107/',
    'https://linkerd.io/2-edge/features/proxy-injection/',
  ],

  check(workload, report) {
    const own = workload.at('metadata');
    const pod = podTemplateOf(workload).at('metadata');
    const fields = [
      ...own.at('annotations').entries(),
      ...[own.at('labels', 'sidecar.istio.io/inject')].filter(label => label.exists),
    ];
    for (const field of fields) {
      const key = String(field.key);
      const map = String(field.parent?.key ?? 'annotations');
      const mesh = ofIstio.test(key) ? 'Istio' : ofLinkerd.test(key) ? 'Linkerd' : undefined;
      const target = pod.at(map, key);
      const isThere = target.exists || pod.at('labels', key).exists || pod.at('annotations', key).exists;
      if (mesh === undefined || key === 'sidecar.istio.io/status' || isThere) continue;
      report(
        field,
        {
          what: `'${key}' has no effect on a ${workload.kind}`,
          why: `${mesh} reads it from pods, and this one is on ${titleOf(workload)} itself.`,
          how: `Move it to 'metadata.${map}' of the pod template.`,
        },
        { fixes: [fix('Move it to the pod template', edits => edits.remove(field).set(target, field.value))] },
      );
    }
  },
});
