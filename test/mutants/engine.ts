export function runEngineMutants(): void {}
