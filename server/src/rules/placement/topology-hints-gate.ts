import { type FeatureGate, featureGateKinds, featureGatesIn } from '../../kube/nodes/feature-gate';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Version } from '../../lint/version';

export default defineRule({
  id: 'placement/topology-hints-gate',
  title: 'Nobody sets the feature gate TopologyAwareHints any more',
  severity: 'warning',
  per: 'resource',
  kinds: featureGateKinds,
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/'],

  check(resource, report, { kubernetes }) {
    for (const gate of featureGatesIn(resource, 'TopologyAwareHints')) {
      const isFatal = gate.isOn === false && kubernetes.atLeast('1.33');
      report(gate.at, messageFor(gate, kubernetes), {
        severity: isFatal ? 'error' : 'warning',
        fixes: [
          fix('Remove the feature gate', edits => gate.remove(edits), {
            safe: isFatal || gate.isOn === true || gate.component === 'the kubelet',
          }),
        ],
      });
    }
  },
});

function messageFor({ isOn, component }: FeatureGate, kubernetes: Version): string {
  const idle =
    component === 'the kubelet'
      ? ' The kubelet never looked at it: hints are made by the controller manager and used by kube-proxy.'
      : '';
  if (!kubernetes.atLeast('1.33')) {
    const now =
      isOn === false
        ? 'From Kubernetes 1.33 it is locked to true'
        : 'It is on by default since Kubernetes 1.24, and locked to true from 1.33';
    const then = isOn === false ? `: ${component} will not start with 'false'` : ': setting it does nothing';
    return `${now}${then}. A Service asks for hints by itself.${idle}`;
  }
  if (isOn === false)
    return `TopologyAwareHints is locked to true since Kubernetes 1.33: with 'false' ${component} does not start.${idle}`;
  return `TopologyAwareHints is locked to true since Kubernetes 1.33: setting it does nothing, and once the gate is gone ${component} does not start with a name that it no longer knows.${idle}`;
}
