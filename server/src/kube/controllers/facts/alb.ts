import type { Resource } from '../../resource';
import { annotationRows } from './alb-annotations';
import { keysIn, Vocabulary } from './annotation-table';
import type { BalancePlace, ControllerFacts } from './controller';

export const targetGroupAttributes = 'alb.ingress.kubernetes.io/target-group-attributes';
export const algorithmAttribute = 'load_balancing.algorithm.type';

/**
 * @source https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_elasticloadbalancingv2.TargetGroupLoadBalancingAlgorithmType.html (aws-cdk 2.274.0)
 */
const values = ['least_outstanding_requests', 'round_robin', 'weighted_random'];

/**
 * AWS Load Balancer Controller 2.x: methods are attributes of the target groups that it makes.
 *
 * @source kubernetes-sigs/aws-load-balancer-controller:docs/guide/ingress/annotations.md (2026-08-17)
 * @source kubernetes-sigs/aws-load-balancer-controller:docs/guide/ingress/ingress_class.md (read 2026-11-29 at 0173b0e)
 * @source aws/eks-charts:stable/aws-load-balancer-controller/values.yaml (commit 5239609)
 * @source kubernetes-sigs/kubespray:roles/kubespray_defaults/defaults/main/download.yml (commit 46dbdd3)
 */
export const alb: ControllerFacts = {
  id: 'alb',
  title: 'the AWS Load Balancer Controller',
  specControllers: ['ingress.k8s.aws/alb'],
  classNames: ['alb'],
  prefixes: ['alb.ingress.kubernetes.io/'],
  images: ['aws-load-balancer-controller', 'aws-alb-ingress-controller'],
  classFlags: ['ingress-class'],
  vocabulary: {
    annotations: new Vocabulary(keysIn(annotationRows, 'alb.ingress.kubernetes.io/', ['Ingress'])),
    onWrongValue: { severity: 'error', consequence: 'stops at this Ingress with an error' },
  },
  balance: {
    default: 'round_robin',
    isDefaultGood: false,
    isSettled: resource =>
      /(?:^|,)\s*stickiness\.enabled\s*=\s*true/.test(resource.annotation(targetGroupAttributes).string ?? ''),
    settings: [
      {
        key: algorithmAttribute,
        on: ['Ingress', 'Service'],
        values,
        accepts: value => values.includes(value),
        best: 'least_outstanding_requests',
        roundRobin: ['round_robin'],
        onUnknown: 'rejected',
        consequence: 'AWS rejects the attribute, and the controller stops at this Ingress with an error',
        find: algorithmsIn,
      },
    ],
  },
};

/** `stickiness.enabled=true,load_balancing.algorithm.type=round_robin`: the value of one attribute in the list. */
function algorithmsIn(resource: Resource): BalancePlace[] {
  const node = resource.annotation(targetGroupAttributes);
  const text = node.string;
  if (text === undefined) return [];
  let start = 0;
  const found: BalancePlace[] = [];
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    if (equals !== -1 && part.slice(0, equals).trim() === algorithmAttribute) {
      const value = part.slice(equals + 1).trim();
      const at = start + part.indexOf(value, equals + 1);
      if (value !== '') found.push({ node, value, range: { start: at, end: at + value.length } });
    }
    start += part.length + 1;
  }
  return found;
}
