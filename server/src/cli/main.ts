import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { type ConnectivityFormat, connectivityFormats } from '../network/answers/formats';
import { rules } from '../rules';
import { connectivityCommand } from './connectivity';
import { explain } from './explain';
import { isolateCommand } from './isolate';
import { formats, type LintOptions, lintCommand } from './lint';
import { renderCommand } from './render';
import { visibleLines } from './visible';

/** Exit codes: 0 nothing at or above the floor, 1 findings, 2 usage, config or internal error. */
async function main(): Promise<number> {
  const program = new Command('kube-netlint')
    .description('Finds what is wrong or slow in the network that Kubernetes YAML describes.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  let code = 0;

  program
    .command('lint', { isDefault: true })
    .description('lint files and folders (the default command); - reads standard input')
    .argument('[paths...]', 'files and folders; what is named together is one workspace', ['.'])
    .addOption(new Option('--format <name>', 'output format').choices(Object.keys(formats)).default('pretty'))
    .option('--output-file <file>', 'write the output to a file')
    .option('--fix', 'apply fixes that do not change what runs')
    .option('--diff', 'show what --fix would change, and change nothing')
    .option('--config <file>', 'use this config file instead of the nearest .kube-netlint.yaml')
    .option('--kubernetes <x.y>', 'target Kubernetes version')
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber)
    .addOption(
      new Option('--severity <floor>', 'show and count only findings from here up').choices([
        'error',
        'warning',
        'info',
        'hint',
      ]),
    )
    .action(async (paths: string[], options: LintOptions) => {
      code = await lintCommand(paths, options, rules);
    });

  program
    .command('connectivity')
    .description('print the connections that the policies allow')
    .argument('<path>', 'folder or file')
    .addOption(new Option('--format <name>', 'output format').choices(connectivityFormats).default('txt'))
    .action((path: string, options: { format: ConnectivityFormat }) => {
      code = connectivityCommand(path, options.format);
    });

  program
    .command('render')
    .description('print the objects that a kustomization is built to')
    .argument('<folder>', 'the folder of the kustomization')
    .action((folder: string) => {
      code = renderCommand(folder);
    });

  program
    .command('isolate')
    .description('print the policies that isolate namespaces and keep the calls that the manifests show')
    .argument('<path>', 'folder or file')
    .option('--namespace <name>', 'only this namespace')
    .action((path: string, options: { namespace?: string }) => {
      code = isolateCommand(path, options.namespace);
    });

  program
    .command('explain')
    .description('print the page of a rule')
    .argument('<rule>', 'rule id, such as ingress/unknown-load-balance')
    .action((id: string) => {
      code = explain(id, rules);
    });

  program
    .command('server')
    .description('run the language server, for editors')
    .requiredOption('--stdio', 'talk over standard input and output')
    .action(async () => {
      await import('../lsp/main.node');
      code = -1; // the server ends the process
    });

  await program.parseAsync();
  return code;
}

function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}

main().then(
  code => {
    if (code >= 0) process.exitCode = code;
  },
  error => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      process.stderr.write(visibleLines(`kube-netlint: ${error instanceof Error ? error.message : String(error)}\n`));
      process.exitCode = 2;
    }
  },
);
