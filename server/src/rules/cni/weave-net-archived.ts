import { repositoryOf } from '../../kube/nodes/cni';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/weave-net-archived',
  title: 'The installed CNI is maintained, which Weave Net is not',
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
      {
        what: 'Weave Net is archived and no longer maintained',
        why: 'The repository was archived in June 2024: nobody fixes faults, security holes included.',
        how: 'Plan the move to a maintained CNI: it replaces the network of every node, so a new image is not enough.',
      },
      { related: others.map(at => ({ at, message: 'Another image of Weave Net' })) },
    );
  },
});
