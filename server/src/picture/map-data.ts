/** A network map as JSON, as `map -o file.json` prints it and a page or an editor draws it. Knows no YAML. */
export interface MapData {
  readonly version: 1;
  /** What it is of: the builds that are taken as one cluster. */
  readonly name: string;
  readonly namespaces: readonly AreaData[];
  readonly nodes: readonly NodeData[];
  readonly edges: readonly EdgeData[];
  /** What the policies allow, whether or not anybody calls, between pods that are treated alike. */
  readonly allowed: {
    readonly isKnown: boolean;
    readonly crowds: readonly (readonly string[])[];
    readonly reach: readonly (readonly { readonly to: number; readonly connections: string }[])[];
  };
  /** Where the picture may differ from what the cluster does. */
  readonly doubts: readonly string[];
}

/** A place in a file; lines count from 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

export type Isolation = 'isolated' | 'open' | 'unclear';

export interface AreaData {
  readonly name: string;
  /** Whether no manifest says its name: it is where the files are applied to. */
  readonly isAssumed: boolean;
  readonly ingress: Isolation;
  readonly egress: Isolation;
  readonly at: Spot | null;
  readonly findings: readonly FindingData[];
}

export interface NodeData {
  readonly id: string;
  readonly is: 'workload' | 'database' | 'pooler' | 'dns' | 'controller' | 'entry' | 'outside';
  readonly name: string;
  /** `Deployment`, `Ingress`; empty for what has no manifest. */
  readonly kind: string;
  readonly namespace: string | null;
  readonly at: Spot | null;
  /** Services that send to these pods. */
  readonly services: readonly { readonly name: string; readonly ports: string; readonly at: Spot | null }[];
  /** The policies that isolate it, by direction. */
  readonly policies: readonly {
    readonly direction: 'ingress' | 'egress';
    readonly name: string;
    readonly at: Spot | null;
  }[];
  readonly findings: readonly FindingData[];
}

export interface EdgeData {
  readonly from: string;
  readonly to: string;
  readonly purpose: 'call' | 'entry' | 'metrics' | 'outside';
  readonly answer: 'allowed' | 'denied' | 'partly allowed' | 'unknown';
  readonly connections: string;
  readonly services: readonly string[];
  readonly deciding: readonly {
    readonly name: string;
    readonly end: 'ingress' | 'egress';
    readonly effect: 'allows' | 'denies' | 'isolates' | 'obscures';
    readonly at: Spot | null;
  }[];
  readonly shown: readonly Spot[];
}

export interface FindingData {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** The first line of its message. */
  readonly what: string;
  readonly at: Spot | null;
}
