/** The name, with a number behind it where another policy has it already; and takes it. */
export function freeName(name: string, taken: Set<string>): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}
