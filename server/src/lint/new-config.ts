import { defaultVersion } from './version';

/** What can be set, as it is when nobody sets it: each line behind a single `#` is a setting that waits. */
export const newConfig = `# yaml-language-server: $schema=https://raw.githubusercontent.com/kube-netlint/kube-netlint/main/schemas/config.schema.json
## kube-netlint: every setting is optional. The nearest such file upward decides for a file, with what it extends.

## Which rules are on: recommended, or all. \`kube-netlint rules\` lists them. Or a list of these and of config files,
## such as [recommended, ../team.yaml]: this file has the last word on them, lists add up.
extends: recommended

## The Kubernetes version of the cluster.
#kubernetes: "${defaultVersion}"

## The severity of a rule or of an area: error, warning, info, hint, off. The more exact name wins.
#rules:
#  placement: off
#  ingress/missing-compression: hint

## Other severities in some files or for some objects: all that is given has to hold, the last one wins.
#overrides:
#  - files: [test/**]
#    rules:
#      placement: off
#  - kinds: [Service]
#    namespaces: [sandbox-*]
#    names: [legacy-*]
#    rules:
#      service/missing-readiness-probe: hint

## Files that are read for what others need of them, and not reported; globs from this folder.
#ignore:
#  - vendor/**

## Findings that were known when \`kube-netlint --write-baseline\` wrote them down: they are not reported.
#baseline: .kube-netlint-baseline.json

## Namespaces that need no default deny, besides those of Kubernetes itself.
#exemptNamespaces:
#  - sandbox-*

## Other linters whose annotations silence the rules that ask the same: kube-linter, kube-score, checkov, polaris.
#honor:
#  - kube-linter

## What is applied together; else it is worked out from kustomizations and folders.
#scopes:
#  - name: production
#    paths: [clusters/production]
`;
