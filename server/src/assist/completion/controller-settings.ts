import { chartSettings, configuredBy } from '../../kube/controllers/configured';
import type { ControllerFacts } from '../../kube/controllers/facts/controller';
import { controllersIn } from '../../kube/controllers/in-scope';
import type { Resource } from '../../kube/resource';
import type { Around } from './around';
import type { Given } from './given';
import type { Item } from './item';
import { keysAt, valuesAt } from './known-keys';
import type { Site } from './site';

/** Keys and values of a controller's settings: in its ConfigMap, or among the values of its Helm chart. */
export function controllerSettings(site: Site, _given: Given, around: Around | undefined): readonly Item[] {
  if (site.object === undefined || site.typing === 'item') return [];
  const known = around ? controllersIn(around.view).known : [];
  const facts = ofConfigMap(site.object, site, around) ?? ofChart(site.object, site);
  const settings = facts?.vocabulary?.settings;
  if (facts === undefined || settings === undefined) return [];
  const version = known.find(controller => controller.facts === facts)?.version;
  const owner = { title: facts.title, version, balances: facts.balance.settings };
  return site.typing === 'key'
    ? keysAt(
        site,
        settings.keys.filter(({ on }) => on.includes('ConfigMap')),
        owner,
      )
    : valuesAt(site, settings.find(site.key), site.key, owner);
}

function ofConfigMap(object: Resource, { path }: Site, around: Around | undefined): ControllerFacts | undefined {
  if (!object.is('ConfigMap') || path.length !== 1 || path[0] !== 'data') return undefined;
  const workloads = around ? controllersIn(around.view).known.flatMap(controller => controller.workloads) : [];
  const homes = {
    namespaceOf: (resource: Resource) =>
      around === undefined || resource === object ? { name: around?.home ?? '' } : around.view.namespaceOf(resource),
  };
  return configuredBy(object, workloads, homes);
}

function ofChart(object: Resource, { node }: Site): ControllerFacts | undefined {
  return chartSettings(object).find(({ settings }) => settings.data === node.parent)?.facts;
}
