/** Whether a value is filled in later: by a template, envsubst, or a person who reads the example. */
export function isPlaceholder(value: string): boolean {
  return value.includes('{{') || value.includes('${') || value.includes('$(') || /^<[^<>]*>$/.test(value.trim());
}
