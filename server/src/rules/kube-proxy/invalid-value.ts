import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { secondsOf } from '../../text/duration';
import { inWords } from '../../text/words';
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
  const message = { what: `Unknown ${node.key} '${value}'`, why: exits, how: `Use ${inWords(values, 'or')}.` };
  report(node, message, { fixes });
}

function within(report: Report, node: Node, least: number, most: number): void {
  const value = node.number;
  if (value === undefined || (value >= least && value <= most)) return;
  report(node, { what: `'${node.key}: ${value}' is out of range`, why: exits, how: `Use ${least} to ${most}.` });
}

/** A period of 0 means the default, which is longer than any usual minimum. */
function ordered(report: Report, section: Node): void {
  const least = section.at('minSyncPeriod');
  const [minimum, period] = [least, section.at('syncPeriod')].map(node => secondsOf(node.string ?? ''));
  if (minimum === undefined || !period || minimum <= period) return;
  const most = section.at('syncPeriod');
  report(
    least,
    {
      what: `'${section.key}.minSyncPeriod: ${least.string}' exceeds 'syncPeriod: ${most.string}'`,
      why: exits,
      how: 'Lower minSyncPeriod, or raise syncPeriod.',
    },
    { related: [{ at: most, message: "'syncPeriod'" }] },
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
  report(mode, {
    what: `'detectLocalMode: ${mode.string}' has no 'detectLocal.${name}'`,
    why: exits,
    how: `Set 'detectLocal.${name}'.`,
  });
}

function primaryAlone(report: Report, list: Node): void {
  const items = list.items();
  const primary = items.find(item => item.string === 'primary');
  if (primary === undefined || items.length === 1) return;
  report(primary, {
    what: "'nodePortAddresses' has 'primary' beside other entries",
    why: exits,
    how: "Write 'primary' alone, or networks only.",
  });
}

const exits = 'With this value kube-proxy exits at start, and the node serves no Services.';
