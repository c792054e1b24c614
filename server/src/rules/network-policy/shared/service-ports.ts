import { containerPortsOf } from '../../../kube/pods/workload';
import type { Node } from '../../../yaml/node';
import { type PortItem, portItemsIn, type Seen, type Served, servedBy, type Target } from './targets';

/** A port of a rule that is a Service's, where that of its pods is meant. */
export interface ServicePortItem extends PortItem {
  readonly number: number;
  readonly served: Served;
  readonly meant: number;
}

/** Of the policies of a namespace; the pods that are meant may be in others. */
export function servicePortItemsIn(namespace: Seen): readonly ServicePortItem[] {
  return portItemsIn(namespace).flatMap(item => {
    const served = faultOf(item.item, item.targets);
    const [meant] = served?.numbers ?? [];
    const number = item.item.at('port').number;
    if (served === undefined || meant === undefined || number === undefined || allows(item.rule, meant)) return [];
    return [{ ...item, number, served, meant }];
  });
}

/** The Service whose number stands in a rule, where no pod has a port of that number and every Service sends elsewhere. */
function faultOf(item: Node, targets: readonly Target[]): Served | undefined {
  const number = item.at('port').number;
  const protocol = item.at('protocol').string ?? 'TCP';
  if (number === undefined || item.at('endPort').exists) return undefined;
  const isDeclared = targets.some(({ workload }) =>
    containerPortsOf(workload).some(port => port.number === number && port.protocol === protocol),
  );
  if (isDeclared) return undefined;
  const served = targets.flatMap(servedBy).filter(({ port }) => port.number === number && port.protocol === protocol);
  const isReached = served.some(({ numbers }) => numbers.length === 0 || numbers.includes(number));
  // A pod that declares nothing, and is behind no such Service, may listen on anything.
  const isOpen = targets.some(
    target =>
      containerPortsOf(target.workload).length === 0 && servedBy(target).every(({ port }) => port.number !== number),
  );
  return isReached || isOpen ? undefined : served[0];
}

/** Whether the rule allows a number by another of its items. */
function allows(rule: Node, number: number): boolean {
  return rule
    .at('ports')
    .items()
    .some(item => {
      const first = item.at('port').number ?? Number.NaN;
      const last = item.at('endPort').number ?? first;
      return !item.at('port').exists || (first <= number && number <= last);
    });
}
