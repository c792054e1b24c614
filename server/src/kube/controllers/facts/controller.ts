import type { Range } from '../../../text/range';
import type { Node } from '../../../yaml/node';
import type { Kind } from '../../kinds';
import type { Resource } from '../../resource';
import type { Vocabulary } from './annotation-table';

export type ControllerId =
  | 'ingress-nginx'
  | 'f5-nginx'
  | 'traefik'
  | 'haproxytech'
  | 'haproxy-ingress'
  | 'contour'
  | 'istio'
  | 'kong'
  | 'alb'
  | 'gke'
  | 'cilium'
  | 'agic'
  | 'envoy-gateway'
  | 'nginx-gateway-fabric';

/** What one ingress or gateway controller is and understands: facts about its newest releases. */
export interface ControllerFacts {
  readonly id: ControllerId;
  /** As it stands in a sentence: 'the retired ingress-nginx controller'. */
  readonly title: string;
  /** Values of IngressClass.spec.controller; one that ends with '/' stands for all that begin with it. */
  readonly specControllers: readonly string[];
  /** Names of classes that nobody else uses: they tell the controller without its IngressClass. */
  readonly classNames: readonly string[];
  /** What its annotations begin with, slash included. Prefixes that two controllers share are in neither. */
  readonly prefixes: readonly string[];
  /** Image repositories, without registry: the end of the path of an image. */
  readonly images: readonly string[];
  /** How it is told which class is its own, as `--flag` without dashes. */
  readonly classFlags: readonly string[];
  /** Its own ConfigMap: how it is told which, and what it is usually called. */
  readonly configMap?: ConfigMapFacts;
  /** The keys that it knows, where there is a table of them. */
  readonly vocabulary?: ControllerVocabulary;
  /** What it does with a load-balancing method that nobody names. */
  readonly balance: BalanceFacts;
}

export interface ConfigMapFacts {
  readonly flags: readonly string[];
  readonly names: readonly string[];
  /** Values of the label app.kubernetes.io/name. */
  readonly appNames: readonly string[];
  /** Its Helm chart, and where among the chart's values the same settings stand. */
  readonly chart: { readonly name: string; readonly path: readonly string[] };
}

export interface ControllerVocabulary {
  readonly annotations: Vocabulary;
  /** Keys of its ConfigMap. */
  readonly settings?: Vocabulary;
  /** Annotations of older releases, and what has taken their place. */
  readonly removed?: Readonly<Record<string, string>>;
  /** What the controller does with an annotation whose value is not accepted, as a verb. */
  readonly onWrongValue: { readonly severity: 'error' | 'warning'; readonly consequence: string };
}

export interface BalanceFacts {
  /** The method in use when nothing is set. */
  readonly default: string;
  /** Whether that default already looks at how busy the pods are. */
  readonly isDefaultGood: boolean;
  /** Where the default was not always good: what it was before a version of the controller. */
  readonly before?: { readonly version: string; readonly default: string };
  /** Version of the controller from which all of this holds; nothing is said about older ones. */
  readonly since?: string;
  /** Where methods are written. */
  readonly settings: readonly BalanceKey[];
  /** Whether an object leaves nothing to choose: a client goes to the same pod each time, or there are no pods. */
  readonly isSettled?: (resource: Resource) => boolean;
  /** Keys of the ConfigMap that do so. */
  readonly stickySettings?: readonly string[];
  /** Fields of custom resources in which a method could be chosen, and none is. */
  readonly openings?: Openings;
}

export interface Openings {
  readonly on: readonly Kind[];
  /** Version of the controller that brought the field. */
  readonly since?: string;
  readonly find: (resource: Resource) => readonly Opening[];
}

export interface Opening {
  /** The field to write. */
  readonly node: Node;
  /** What is written already, for a finding to stand on. */
  readonly at: Node;
}

/** One place where a load-balancing method can be written, and what may stand there. */
export interface BalanceKey {
  /** The annotation's key, the ConfigMap's key, or the field as people know it. */
  readonly key: string;
  readonly on: readonly Kind[];
  /** For messages and 'did you mean'; `accepts` decides. */
  readonly values: readonly string[];
  readonly accepts: (value: string) => boolean;
  /** Accepted values that only the commercial edition has. */
  readonly needsPlus?: (value: string) => boolean;
  /** The value nearest to least connections; undefined where there is none. */
  readonly best: string | undefined;
  /** Which pods that value prefers, as the end of a sentence. */
  readonly prefers?: string;
  /** Values that take turns whatever the load. */
  readonly roundRobin: readonly string[];
  /** `rejected`: the object does not take effect. `ignored`: it works with another method. */
  readonly onUnknown: 'rejected' | 'ignored';
  /** What the controller does with a value that it does not know, or what else happens: the end of a sentence. */
  readonly consequence: string;
  /** What the controller has done with a value that people bring along from elsewhere, as a verb. */
  readonly notes?: Readonly<Record<string, string>>;
  /** All places in an object of these kinds where it is written now; a key of the ConfigMap is looked up by its name. */
  readonly find: (resource: Resource) => readonly BalancePlace[];
}

export interface BalancePlace {
  readonly node: Node;
  /** Where the value is a part of the string: `load_balancing.algorithm.type=…` in a list of attributes. */
  readonly range?: Range;
  readonly value: string;
}
