import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { secondsOf } from '../../text/duration';
import type { Node } from '../../yaml/node';

const detections = ['ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'];
const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq'];

export default defineRule({
  id: 'kube-proxy/invalid-value',
  title: 'kube-proxy accepts the values of its configuration',
  severity: 'error',
  per: 'resource',
  kinds: proxyModeKinds,
  references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],

  check(resource, report) {
    for (const { config, value } of proxyModesIn(resource)) {
      if (config === undefined || value === 'kernelspace') continue;
      oneOf(report, config.at('detectLocalMode'), detections);
      if (value === 'ipvs') oneOf(report, config.at('ipvs', 'scheduler'), schedulers);
      within(report, config.at('oomScoreAdj'), -1000, 1000);
      const section = config.at(value === '' ? 'iptables' : value);
      if (value !== 'ipvs') within(report, section.at('masqueradeBit'), 0, 31);
      ordered(report, section);
      detected(report, config);
      primaryAlone(report, config.at('nodePortAddresses'));
    }
  },
});

function oneOf(report: Report, node: Node, values: readonly string[]): void {
  const value = node.text ?? '';
  if (value === '' || values.includes(value) || isPlaceholder(value)) return;
  const meant = nearest(value, values);
  const fixes: Fix[] = meant ? [set(`Use ${meant}`, node, meant)] : [];
  report(node, `kube-proxy knows no ${String(node.key)} '${value}', and exits: it takes ${values.join(', ')}.`, {
    fixes,
  });
}

function within(report: Report, node: Node, least: number, most: number): void {
  const value = node.number;
  if (value === undefined || (value >= least && value <= most)) return;
  report(node, `kube-proxy takes ${String(node.key)} from ${least} to ${most}; with ${value} it exits.`);
}

/** A period of 0 means the default, which is longer than any usual minimum. */
function ordered(report: Report, section: Node): void {
  const least = section.at('minSyncPeriod');
  const [minimum, period] = [least, section.at('syncPeriod')].map(node => secondsOf(node.string ?? ''));
  if (minimum === undefined || !period || minimum <= period) return;
  const most = section.at('syncPeriod');
  report(
    least,
    `kube-proxy exits when ${String(section.key)}.minSyncPeriod is above syncPeriod, and ${least.string} is above ${most.string}.`,
    { related: [{ at: most, message: 'The period that it may not exceed.' }] },
  );
}

const companions = new Map([
  ['BridgeInterface', 'bridgeInterface'],
  ['InterfaceNamePrefix', 'interfaceNamePrefix'],
]);

/** Two modes of detection need to be told where to look. */
function detected(report: Report, config: Node): void {
  const mode = config.at('detectLocalMode');
  const name = companions.get(mode.string ?? '');
  if (name === undefined || (config.at('detectLocal', name).string ?? '') !== '') return;
  report(mode, `With detectLocalMode ${mode.string} kube-proxy needs detectLocal.${name} too, and exits without.`);
}

function primaryAlone(report: Report, list: Node): void {
  const items = list.items();
  const primary = items.find(item => item.string === 'primary');
  if (primary === undefined || items.length === 1) return;
  report(
    primary,
    "In nodePortAddresses the word 'primary' stands alone: beside other entries kube-proxy refuses it, and exits.",
  );
}
