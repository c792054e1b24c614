import type { Node } from '../../yaml/node';
import type { Cluster } from '../view';
import type { Settings } from './configured';
import type { KeyFacts, Vocabulary } from './facts/annotation-table';
import type { ControllerFacts } from './facts/controller';
import { type ControllerKind, controllersIn } from './in-scope';

/** One key of the settings of a controller. */
export interface SettingUse {
  readonly settings: Settings;
  readonly facts: ControllerFacts;
  readonly vocabulary: Vocabulary;
  /** The value. */
  readonly node: Node;
  readonly key: string;
  /** As the controller gets it; a chart makes strings of numbers and switches, a ConfigMap must hold strings. */
  readonly value: string | undefined;
  readonly known: KeyFacts | undefined;
}

/** Every key in the settings of the controllers of a scope, where there is a table of them. */
export function settingsIn(view: Cluster<ControllerKind>): readonly SettingUse[] {
  return controllersIn(view).known.flatMap(({ facts, settings }) => {
    const vocabulary = facts.vocabulary?.settings;
    if (vocabulary === undefined) return [];
    return settings.flatMap(own =>
      own.data.entries().map((node): SettingUse => {
        const key = String(node.key);
        const value = own.resource.is('ConfigMap') ? node.string : node.text;
        return { settings: own, facts, vocabulary, node, key, value, known: vocabulary.find(key) };
      }),
    );
  });
}
