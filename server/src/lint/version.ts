/** A Kubernetes minor version, such as 1.35. */
export class Version {
  private constructor(
    readonly major: number,
    readonly minor: number,
  ) {}

  /** Reads `1.35`, `v1.35.2`, `1.35+`; undefined for anything else. */
  static parse(text: string): Version | undefined {
    const match = /^v?([0-9]{1,3})\.([0-9]{1,4})(?:[.+-].*)?$/.exec(text.trim());
    return match ? new Version(Number(match[1]), Number(match[2])) : undefined;
  }

  /** Whether there can be such a version: of those to come, a few are believed. */
  get isPossible(): boolean {
    const newest = Version.parse(defaultVersion);
    return this.major === 1 && newest !== undefined && this.minor <= newest.minor + foreseen;
  }

  atLeast(text: string): boolean {
    const other = Version.parse(text);
    if (other === undefined) return false;
    return this.major > other.major || (this.major === other.major && this.minor >= other.minor);
  }

  toString(): string {
    return `${this.major}.${this.minor}`;
  }
}

/** Minor versions after the default one: about three appear in a year. */
const foreseen = 15;

/** The oldest supported release on the day of this version of kube-netlint. */
export const defaultVersion = '1.35';
