import { cacheOf } from '../../../corefile/cache';
import { durationProblems } from '../../../corefile/durations';
import { forwardOf } from '../../../corefile/forward';
import { kubernetesOf } from '../../../corefile/kubernetes';
import { pluginNamed } from '../../../corefile/plugins';
import type { Corefile, Directive } from '../../../corefile/syntax';
import { type CorefileView, linesNamed, readBlocks } from './corefile-rule';

/** Whether another line of the same plugin stands beside a line that may stand once: one of the two has to go, and which? */
export function hasTwin(corefile: Corefile, line: Directive): boolean {
  if (pluginNamed(line.name.text)?.isOnce !== true) return false;
  return readBlocks(corefile).some(({ lines }) => lines.includes(line) && linesNamed(lines, line.name.text).length > 1);
}

/** Whether CoreDNS refuses something that a line says. */
export function isRefused({ corefile, coreDns }: CorefileView, line: Directive): boolean {
  const problems = [
    ...durationProblems(line, corefile, coreDns?.version),
    ...(line.name.text === 'cache' ? cacheOf(line, corefile).problems : []),
    ...(line.name.text === 'forward' ? forwardOf(line, corefile).problems : []),
    ...(line.name.text === 'kubernetes' ? kubernetesOf(line, corefile).problems : []),
  ];
  return problems.some(({ severity }) => severity === 'error');
}
