import type { ControllerFacts } from './facts/controller';
import type { Controllers } from './in-scope';

/** Whether the open-source NGINX is what runs, for all that the scope shows; Plus has an image and an argument of its own. */
export function runsWithoutPlus(facts: ControllerFacts, { known }: Controllers): boolean {
  const workloads = known.find(controller => controller.facts === facts)?.workloads ?? [];
  return (
    workloads.length > 0 &&
    workloads.every(
      ({ flags, container }) => !flags.has('nginx-plus') && !(container.at('image').string ?? '').includes('plus'),
    )
  );
}
