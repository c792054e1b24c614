/**
 * Whether a glob takes a time that nobody notices. Libraries make an expression of it that tries its stars and
 * alternatives with each other, and a repository brings the globs and the names of its files alike.
 */
export function isTame(glob: string): boolean {
  const steps = glob.split('/');
  const count = (step: string) => step.match(/\*+|[+{]/g)?.length ?? 0;
  return steps.filter(step => step.includes('**')).length <= 3 && steps.every(step => count(step) <= 3);
}
