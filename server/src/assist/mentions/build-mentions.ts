import type { Build } from '../../deploy/builds';
import type { Member } from '../../deploy/member';
import type { Resource } from '../../kube/resource';
import { add, memo } from '../../text/maps';
import type { Steps } from '../../text/steps';
import type { YamlDocument } from '../../yaml/document';
import { hostMentionsOf } from './host-mentions';
import { kustomizedMentionsOf } from './kustomized-mentions';
import { labelMentionsOf } from './label-mentions';
import { type Mention, topicOf } from './mention';
import { objectMentionsOf } from './object-mentions';
import { portMentionsOf } from './port-mentions';
import { documentOf, isWritten } from './spots';

/** A mention in a build: the object that has it, as the build makes it. */
export interface Placed extends Mention {
  readonly build: Build;
  readonly member: Member;
}

/** The mentions of a build. It is made once, and stays while the build is what it is. */
export interface BuildMentions {
  readonly byTopic: ReadonlyMap<string, readonly Placed[]>;
  /** By the document in which they are written. */
  readonly byDocument: ReadonlyMap<YamlDocument, readonly Placed[]>;
}

export const mentionsIn = memo((build: Build): BuildMentions => {
  const byTopic = new Map<string, Placed[]>();
  const byDocument = new Map<YamlDocument, Placed[]>();
  for (const member of build.members) {
    const { resource, path } = member;
    const isKustomization = resource.kind === 'Kustomization.kustomize.config.k8s.io';
    const own = isKustomization ? kustomizedMentionsOf(resource, path, build.reads) : ofResource(resource);
    for (const mention of own) {
      const placed = { ...mention, build, member };
      add(byTopic, topicOf(mention.means), placed);
      if (isWritten(mention.at)) add(byDocument, documentOf(mention.at), placed);
    }
  }
  return { byTopic, byDocument };
});

/** Reads them all before somebody asks, in steps. */
export function* readingMentions(builds: readonly Build[]): Steps<void> {
  for (const build of builds) {
    mentionsIn(build);
    yield;
  }
}

/** All that an object names or selects, and what it is known by itself. */
const ofResource = memo((resource: Resource): readonly Mention[] =>
  resource.kind === 'CustomResourceDefinition'
    ? []
    : [
        ...objectMentionsOf(resource),
        ...labelMentionsOf(resource),
        ...portMentionsOf(resource),
        ...hostMentionsOf(resource),
      ],
);
