import { type FeatureGate, featureGateKinds, featureGatesIn } from '../../kube/nodes/feature-gate';
import { fix } from '../../lint/fixes';
import { defineRule, type Message } from '../../lint/rule';
import type { Version } from '../../lint/version';

export default defineRule({
  id: 'placement/topology-hints-gate',
  title: 'The feature gate TopologyAwareHints, on by default, is not set',
  severity: 'warning',
  per: 'resource',
  kinds: featureGateKinds,
  options: ['kubernetes'],
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

function messageFor({ isOn, component }: FeatureGate, kubernetes: Version): Message {
  const isOff = isOn === false;
  const isLocked = kubernetes.atLeast('1.33');
  const idle = component === 'the kubelet' ? ' The kubelet never looked at it.' : '';
  const refusal = `${component} does not start with 'false'`;
  const then = isOff ? refusal : `once it is removed ${component} does not start with a gate that it does not know`;
  const before = isOff ? `It is locked to true from Kubernetes 1.33, and then ${refusal}` : onByDefault;
  return {
    what: `Feature gate TopologyAwareHints ${isOff ? (isLocked ? "can't be turned off" : 'is turned off') : 'has no effect'}`,
    why: `${isLocked ? `It is locked to true since Kubernetes 1.33, and ${then}` : before}.${idle}`,
    how: 'Remove the gate: a Service asks for hints by itself.',
  };
}

const onByDefault = 'It is on by default since Kubernetes 1.24, and locked to true from 1.33';
