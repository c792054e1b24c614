import { grouped, memo } from '../../text/maps';
import { withoutEnd } from '../../text/words';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import { balanceOf, balanceOfSettings } from './balances';
import { busyKinds, isBusyAt } from './busy';
import type { Settings } from './configured';
import { controllers } from './facts';
import { algorithmAttribute, targetGroupAttributes } from './facts/alb';
import type { BalanceKey, ControllerFacts } from './facts/controller';
import { type Controller, type ControllerKind, controllersIn } from './in-scope';
import { versionAtLeast } from './running';
import { Behind } from './services-behind';

export const gapKinds = [
  ...busyKinds,
  'IngressRoute.traefik.io',
  'TraefikService.traefik.io',
  'HTTPProxy.projectcontour.io',
  'KongUpstreamPolicy.configuration.konghq.com',
  'GCPTrafficDistributionPolicy.networking.gke.io',
] as const satisfies readonly Kind[];

type GapKind = ControllerKind | (typeof gapKinds)[number];

/** A controller that takes turns because nobody chose a method, and where one could be chosen. */
export interface Gap {
  readonly facts: ControllerFacts;
  readonly setting: BalanceKey;
  /** How it balances now, and how it could. */
  readonly method: string;
  readonly best: string;
  /** The object that the gap stands on, and the exact place. */
  readonly resource: Resource;
  readonly at: Node;
  /** What to write to close it, in this object. */
  readonly writes: readonly { readonly node: Node; readonly value: string }[];
}

/**
 * The gaps of the controllers whose default does not look at how busy the pods are, where there are several to choose
 * among: one for each object in which a method can be chosen, so that one edit stays in one file.
 */
export function gapsIn(view: Cluster<ControllerKind | GapKind>): readonly Gap[] {
  const { known } = controllersIn(view);
  const behind = new Behind(view);
  return [...known.flatMap(controller => gapsOf(behind, controller)), ...openingsOf(behind, view)];
}

function gapsOf(behind: Behind, controller: Controller): readonly Gap[] {
  const { facts, version } = controller;
  const { balance } = facts;
  const isOld = balance.before !== undefined && versionAtLeast(version, balance.before.version) === false;
  const setting = balance.settings.find(({ on }) => on.includes('Ingress'));
  const global = balance.settings.find(({ on }) => on.includes('ConfigMap'));
  if ((balance.isDefaultGood && !isOld) || setting?.best === undefined) return [];
  if (balance.since && versionAtLeast(version, balance.since) === false) return [];
  const { best } = setting;
  const method = (isOld ? balance.before?.default : undefined) ?? balance.default;
  const common = { facts, setting, best, method };
  const ingresses = controller.ingresses.filter(
    ingress => behind.isBusy(ingress) && !isAnswered(behind, facts, ingress),
  );
  if (ingresses.length === 0) return [];
  if (global && controller.settings.length > 0) {
    return openSettings(controller, settings => isChosenFor(facts, settings)).map(({ resource, data }) => {
      const writes = [{ node: data.at(global.key), value: best }];
      return { ...common, setting: global, resource, at: resource.name, writes };
    });
  }
  return ingresses.map(ingress => {
    return { ...common, resource: ingress, at: ingress.name, writes: [writeOf(setting, ingress, best)] };
  });
}

/** Custom resources of a controller with a field for the method, which none of them fills in. */
function openingsOf(behind: Behind, view: Cluster<ControllerKind | GapKind>): readonly Gap[] {
  const found = controllersIn(view).known;
  const open = view
    .of(...gapKinds)
    .flatMap(openingsIn)
    .filter(({ facts, resource, node }) => {
      const version = found.find(controller => controller.facts === facts)?.version;
      const since = facts.balance.openings?.since;
      const isThere = since === undefined || versionAtLeast(version, since) !== false;
      return isThere && isBusyAt(resource, node, behind, view);
    });
  return [...grouped(open, ({ resource }) => resource).values()].flatMap((openings): Gap[] => {
    const [first] = openings;
    if (first === undefined) return [];
    const { facts } = first;
    const setting = facts.balance.settings.find(({ on }) => on.includes(first.resource.kind));
    if (setting?.best === undefined) return [];
    const { best } = setting;
    const writes = openings.map(({ node }) => ({ node, value: best }));
    return [{ facts, setting, method: facts.balance.default, best, resource: first.resource, at: first.at, writes }];
  });
}

/** What is open in one custom resource, by the controllers that read it. */
const openingsIn = memo((resource: Resource) =>
  controllers.flatMap(facts => {
    const { openings } = facts.balance;
    const found = openings?.on.includes(resource.kind) ? openings.find(resource) : [];
    return found.map(opening => ({ facts, resource, ...opening }));
  }),
);

/** One that answers answers for its twins of the same name, which are alternatives; what others add to is left alone. */
export function openSettings({ settings }: Controller, answers: (settings: Settings) => boolean): readonly Settings[] {
  const answered = new Set(settings.filter(answers).map(({ resource }) => resource.name.string));
  return settings.filter(({ resource, isPartial }) => !isPartial && !answered.has(resource.name.string));
}

const isChosenFor = (facts: ControllerFacts, settings: Settings) =>
  balanceOfSettings(facts, settings).length > 0 ||
  (facts.balance.stickySettings ?? []).some(key => settings.data.at(key).exists);

const isChosen = (facts: ControllerFacts, resource: Resource) =>
  balanceOf(resource).some(written => written.facts === facts) || (facts.balance.isSettled?.(resource) ?? false);

/** A method of its own, or one on each of the Services behind it. */
function isAnswered(behind: Behind, facts: ControllerFacts, ingress: Resource): boolean {
  if (isChosen(facts, ingress)) return true;
  const services = behind.servicesOf(ingress);
  return services.length > 0 && services.every(service => isChosen(facts, service));
}

/** An annotation of its own; for ALB one more attribute in the list that may be there. */
function writeOf(setting: BalanceKey, ingress: Resource, best: string): { node: Node; value: string } {
  if (setting.key !== algorithmAttribute) return { node: ingress.annotation(setting.key), value: best };
  const node = ingress.annotation(targetGroupAttributes);
  const own = withoutEnd(node.string?.trim() ?? '', ',');
  const attribute = `${algorithmAttribute}=${best}`;
  return { node, value: own ? `${own},${attribute}` : attribute };
}
