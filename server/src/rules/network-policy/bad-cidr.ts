import { isPlaceholder } from '../../kube/placeholder';
import { remove, set } from '../../lint/fixes';
import { type Detail, defineRule, type Fix, type Message, type Severity, type Target } from '../../lint/rule';
import type { PolicyProblem } from '../../network/policies/policy';
import { networkPolicyOf } from '../../network/policies/read-network-policy';
import { parseCidr, printAddress } from '../../network/sets/addresses';
import { listed } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/bad-cidr',
  title: 'An ipBlock is a valid CIDR block that contains its exceptions',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  options: ['kubernetes'],
  references: [
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go',
    'https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/#StrictIPCIDRValidation',
  ],

  check(policy, report, target) {
    for (const problem of networkPolicyOf(policy).problems) {
      if (isPlaceholder(problem.node.text ?? '')) continue;
      const found = findingOf(problem, target);
      if (found) report(problem.node, found.message, found);
    }
  },
});

interface Found extends Detail {
  readonly message: Message;
}

const rejected = 'The API server rejects the policy.';

function findingOf({ kind, node }: PolicyProblem, target: Target): Found | undefined {
  const text = node.text ?? '';
  const strict = target.kubernetes.atLeast('1.36');
  const severity: Severity = strict ? 'error' : 'warning';
  const verdict = strict ? rejected : 'Kubernetes 1.36 and later reject new policies that contain it.';
  const block = blockOf(text);
  switch (kind) {
    case 'cidr-malformed':
      return malformed(node, text);
    case 'cidr-leading-zeros':
      return {
        severity,
        message: {
          what: `CIDR '${text}' has leading zeros`,
          why: `Some programs read such numbers as octal. ${verdict}`,
          how: `Write '${block}'.`,
        },
        fixes: [writing(node, block ?? '', 'the numbers read as decimal', 'unsafe')],
      };
    case 'cidr-host-bits':
      return {
        severity,
        message: {
          what: `CIDR '${text}' has host bits set`,
          why: `It is read as '${block}'. ${verdict}`,
          how: `Write ${listed([block ?? '', ...single(text)], 'or')}, whichever is meant.`,
        },
        fixes: [
          writing(node, block ?? '', 'which is what it means now', 'safe'),
          ...single(text).map(one => writing(node, one, 'the single address', 'unsafe')),
        ],
      };
    case 'except-not-inside':
      return outside(node, text);
    default:
      return undefined;
  }
}

function malformed(node: Node, text: string): Found {
  const whole = single(`${text}/0`);
  const fixes = whole.map(one => writing(node, one, 'the single address', 'safe'));
  const fault = whole.length > 0 ? 'has no prefix length' : 'is not a valid CIDR block';
  return {
    message: {
      what: node.exists && !node.isEmpty ? `'${text}' ${fault}` : 'An ipBlock has no cidr',
      why: rejected,
      how: "Write an address and a prefix length, such as '192.0.2.0/24'.",
    },
    fixes,
  };
}

function outside(node: Node, text: string): Found {
  const cidr = node.parent?.parent?.at('cidr').text ?? '';
  const [inner, outer] = [parseCidr(text), parseCidr(cidr)];
  const isAll = inner && outer && blockOf(text) === blockOf(cidr);
  return {
    message: {
      what: `Exception '${text}' ${isAll ? 'covers all of' : 'lies outside'} '${cidr}'`,
      why: `An exception must be a smaller part of its block. ${rejected}`,
      how: isAll ? 'Remove the peer.' : 'Correct the exception, or remove it.',
    },
    fixes: isAll ? [] : [remove(`Remove ${text}, which excepts nothing`, node)],
  };
}

function writing(node: Node, text: string, why: string, safety: 'safe' | 'unsafe'): Fix {
  return set(`Write ${text}, ${why}`, node, text, { safe: safety === 'safe' });
}

/** A block as the API server reads it, in its usual form. */
function blockOf(text: string): string | undefined {
  const cidr = parseCidr(text);
  return cidr?.addresses.map(({ start }) => `${printAddress(start)}/${cidr.prefix}`)[0];
}

/** The address of a block as a block of its own; none if it is not written with one. */
function single(text: string): readonly string[] {
  const address = text.slice(0, text.lastIndexOf('/'));
  const block = blockOf(`${address}/${address.includes(':') ? 128 : 32}`);
  return block === undefined ? [] : [block];
}
