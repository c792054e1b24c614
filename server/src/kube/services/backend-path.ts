/** Characters that mean something in a regular expression, and hardly ever stand in the path of a URL. */
export function looksLikeRegex(path: string): boolean {
  return /[()[\]{}*+?^$|\\]/.test(path);
}

/**
 * Why the API server refuses a path that is Exact or Prefix (pkg/apis/networking/validation); of any other type it asks
 * for the slash only, and only of a path that is written.
 *
 * @source kubernetes/kubernetes:pkg/apis/networking/validation/validation.go (1.19 and later)
 */
export function pathFaultOf(path: string, pathType: string): string | undefined {
  const isStrict = pathType === 'Exact' || pathType === 'Prefix';
  if (!path.startsWith('/')) return isStrict || path !== '' ? "doesn't start with '/'" : undefined;
  if (!isStrict) return undefined;
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find(part => path.includes(part));
  if (sequence !== undefined) return `contains '${sequence}'`;
  const ending = ['/..', '/.'].find(part => path.endsWith(part));
  return ending === undefined ? undefined : `ends with '${ending}'`;
}

/** The path that was probably meant, where one is plain: with its slash, without empty steps and dots. */
export function soundPathOf(path: string): string | undefined {
  if (/%2f/i.test(path) || path.includes('..') || /^[a-z]+:/i.test(path)) return undefined;
  const steps = path.split('/').filter(step => step !== '' && step !== '.');
  const sound = `/${steps.join('/')}${steps.length > 0 && path.endsWith('/') ? '/' : ''}`;
  return sound === path ? undefined : sound;
}
