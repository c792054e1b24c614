/** What stands around the list of options and commands, where somebody asks the program for help. */
export const help = {
  before: `Lint the Kubernetes YAML of a folder:   kube-netlint manifests/
Lint what something prints:             helm template . | kube-netlint -
See what fixes would change, and fix:   kube-netlint --diff .   kube-netlint --fix .
`,
  after: `
In a pipeline:                          kube-netlint --format sarif=out.sarif --format pretty .
Begin a config file:                    kube-netlint init
What a rule is about:                   kube-netlint explain ingress/unknown-load-balance

Exit codes: 0 nothing at or above the floor (warning, unless --severity says otherwise), 1 findings, 2 something went wrong.`,
};
