/** How cost grows with size. */
import { asJson, asPretty, costsOf, lint } from './in-process';
import type { Files } from './inputs';
import { builds, findingsInOneFile, inFiles, inOneFile, listOfServices, policiesAndPods } from './shapes';
import { factors } from './statistics';
import { figure, type Table } from './table';

interface Direction {
  readonly what: string;
  readonly smallest: number;
  readonly make: (size: number) => Files;
  readonly run: (files: Files) => unknown;
}

const directions: readonly Direction[] = [
  { what: 'files', smallest: 100, make: inFiles, run: lint },
  { what: 'applications in one file', smallest: 100, make: inOneFile, run: lint },
  { what: 'builds', smallest: 50, make: builds, run: lint },
  { what: 'policies, and as many pods', smallest: 100, make: policiesAndPods, run: lint },
  { what: 'Services in a List, as JSON', smallest: 25, make: listOfServices, run: asJson },
  { what: 'findings in one file, pretty', smallest: 250, make: findingsInOneFile, run: asPretty },
];

export function growth(): Table {
  return {
    title: 'Growth',
    note:
      'Each size is twice the one before it. Milliseconds of CPU in one process, the least of three runs; then the factor ' +
      'of each doubling: 2 is linear, 4 quadratic. What took more than 8 s is not doubled again.',
    columns: ['what', 'sizes', 'cost, ms', 'factors'],
    rows: directions.map(({ what, smallest, make, run }) => {
      const sizes = [1, 2, 4, 8].map(factor => factor * smallest);
      const costs = costsOf(sizes, make, run);
      return [
        what,
        sizes.slice(0, costs.length).join(', '),
        costs.map(figure).join(', '),
        factors(costs)
          .map(factor => factor.toFixed(1))
          .join(', '),
      ];
    }),
  };
}
