/** The commands of the server: each takes names, and answers with a sentence, and a text or an edit. */
export const commandNames = {
  /** Reads and judges all folders anew. */
  lint: 'kube-netlint.lint',
  /** (uri?): the fixes that change nothing that runs, of a document or of all files. */
  fixAll: 'kube-netlint.fixAll',
  /** (uri?): a config file for the folder that holds a document. */
  createConfig: 'kube-netlint.createConfig',
  /** (uri?): the builds and folders to choose from, those of a document first. */
  scenes: 'kube-netlint.scenes',
  /** (scene?) */
  namespaces: 'kube-netlint.namespaces',
  /** (scene?): the pods that a call can be between. */
  pods: 'kube-netlint.pods',
  /** (namespace, scene?) */
  isolate: 'kube-netlint.isolate',
  /** (pods, pods, scene?) */
  allow: 'kube-netlint.allow',
  /** (scene?) */
  connectivity: 'kube-netlint.connectivity',
} as const;

/** What the extension asks besides, for its own views. */
export const requestNames = {
  /** The network of the cluster that a file is applied to. */
  map: 'kubeNetlint/map',
  /** Who can reach what is at a position. */
  reach: 'kubeNetlint/reach',
  /** Whether a document holds objects of which something can be asked: menus show only then what asks it. */
  hasObjects: 'kubeNetlint/hasObjects',
  /** What the changes since the texts that are given open and close. */
  difference: 'kubeNetlint/difference',
} as const;

/** What a command answers. `edit` is for an editor of ours to make; others have it made. */
export interface Answered<Edit> {
  readonly sentence: string;
  /** To look at: nothing of it is written anywhere. */
  readonly text?: string;
  readonly edit?: Edit;
  readonly choices?: readonly Choice[];
  /** The file that is meant. */
  readonly uri?: string;
}

/** A namespace or pods, and the build or folder that they are part of. */
export interface Choice {
  readonly name: string;
  readonly scene: string;
}
