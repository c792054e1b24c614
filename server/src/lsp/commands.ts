import {
  type Connection,
  type ExecuteCommandParams,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { connectivityOf, endNamesIn, isolationOfNamespace, openedCallIn } from '../assist/policies-asked';
import { commandNames } from '../host/command-names';
import { visible } from '../text/visible';
import { listed, quoted } from '../text/words';
import type { Answer } from './answer';
import type { Client } from './client';
import { attempt, reasonOf } from './failures';
import { missingConfig } from './missing-config';
import type { Roots } from './roots';
import { safeEditsOf } from './safe-edits';
import { nearestFirst, type Scene, scenesIn } from './scenes';
import { tallyOf } from './tally';

/** What commands are about, and what they may have done. */
export interface Whole {
  readonly roots: Roots;
  readonly client: Client;
  /** Reads every folder anew, and judges it. */
  readonly lookAgain: () => Promise<void>;
}

/** Answers a command; whoever asks in vain is told so in a sentence. */
export async function answerCommand(
  connection: Connection,
  whole: Whole,
  { command, arguments: given = [] }: ExecuteCommandParams,
): Promise<Answer> {
  const answer = await answered(whole, command, given.map(textOf)).catch((error: unknown): Answer => {
    connection.console.error(reasonOf(error));
    return { sentence: 'That failed: the output says why.' };
  });
  if (whole.client.opensPages) return answer;
  const { edit, ...rest } = answer;
  if (edit && whole.client.appliesEdits) void attempt(connection, () => connection.workspace.applyEdit(edit));
  else if (answer.text === undefined && answer.choices === undefined)
    void connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: answer.sentence,
    });
  return edit && !whole.client.appliesEdits ? answer : rest;
}

async function answered(whole: Whole, command: string, [first = '', second = '', third = '']: readonly string[]) {
  const { roots, client } = whole;
  const isOfAll = command === commandNames.lint || (command === commandNames.fixAll && first === '');
  if (isOfAll) await whole.lookAgain();
  if (command === commandNames.lint) return { sentence: tallyOf(roots) };
  if (command === commandNames.fixAll) return safeEditsOf(roots, client, first);
  if (command === commandNames.createConfig) return missingConfig(roots, client, first);
  const scenes = command === commandNames.scenes ? nearestFirst(scenesIn(roots), roots, first) : scenesIn(roots);
  if (scenes.length === 0) return { sentence: 'There are no Kubernetes manifests here, or they are not read yet.' };
  const ask = byScene.get(command);
  return ask?.(scenes, first, second, third) ?? { sentence: `There is no command ${quoted(visible(command))}.` };
}

type Ask = (scenes: readonly Scene[], ...names: readonly string[]) => Answer;

/** Each is about a scene, whose name comes last. */
const byScene = new Map<string, Ask>([
  [commandNames.scenes, scenes => choices(scenes, ({ name }) => [name])],
  [commandNames.namespaces, (scenes, wanted = '') => choices(chosen(scenes, wanted), namespacesIn)],
  [
    commandNames.pods,
    (scenes, wanted = '') => about(chosen(scenes, wanted), scene => choices([scene], ({ view }) => endNamesIn(view))),
  ],
  [
    commandNames.isolate,
    (scenes, name = '', wanted = '') => {
      const holding = scenes.filter(scene => namespacesIn(scene).includes(name));
      const meant = chosen(holding.length > 0 ? holding : scenes.slice(0, 1), wanted);
      return about(meant, ({ workspace, view }) => isolationOfNamespace(workspace, view, name));
    },
  ],
  [
    commandNames.allow,
    (scenes, from = '', to = '', wanted = '') =>
      about(chosen(scenes, wanted), ({ workspace, view }) => openedCallIn(workspace, view, from, to)),
  ],
  [
    commandNames.connectivity,
    (scenes, wanted = '') => about(chosen(scenes, wanted), ({ view }) => connectivityOf(view)),
  ],
]);

function choices(scenes: readonly Scene[], namesIn: (scene: Scene) => readonly string[]): Answer {
  const all = scenes.flatMap(scene => namesIn(scene).map(name => ({ name, scene: scene.name })));
  return { sentence: `There are ${all.length} to choose from.`, choices: all };
}

const namespacesIn = ({ view }: Scene) => view.judgedNamespaces.map(({ name }) => name);

const chosen = (scenes: readonly Scene[], wanted: string) =>
  wanted === '' ? scenes : scenes.filter(({ name }) => name === wanted);

function about(scenes: readonly Scene[], answer: (scene: Scene) => Answer): Answer {
  const [scene, ...others] = scenes;
  if (scene === undefined) return { sentence: 'There is no such build or folder here.' };
  if (others.length === 0) return answer(scene);
  const names = scenes.slice(0, 5).map(({ name }) => visible(name));
  return { ...choices(scenes, one => [one.name]), sentence: `It may be that of ${listed(names, 'or')}: say which.` };
}

/** Arguments come from anywhere. */
const textOf = (given: unknown) => (typeof given === 'string' ? given : '');
