/** What a config file may be called: `package.json` says the same, where VS Code asks. Of two the first one counts. */
export const configNames = ['.kube-netlint.yaml', '.kube-netlint.yml'] as const;

export const [configName] = configNames;
