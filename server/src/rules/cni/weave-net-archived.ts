import { repositoryOf } from '../../kube/nodes/cni';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/weave-net-archived',
  title: 'The CNI is one that is maintained',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/weaveworks/weave'],

  check(workload, report) {
    const spec = podSpecOf(workload);
    const [first, ...others] = [...spec.at('containers').items(), ...spec.at('initContainers').items()]
      .map(container => container.at('image'))
      .filter(image => /(?:^|\/)weaveworks\/(?:launcher\/)?weave-(?:kube|npc)$/.test(repositoryOf(image.string ?? '')));
    if (first === undefined) return;
    report(
      first,
      'Weave Net is archived since June 2024, and nobody fixes it any more, security holes included. Plan the move to a CNI that is maintained; it replaces the network of every node, so it is not done by exchanging an image.',
      { related: others.map(at => ({ at, message: 'Another image of Weave Net.' })) },
    );
  },
});
