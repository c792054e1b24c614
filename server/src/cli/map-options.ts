/** @own the formats that this program writes */
export const mapFormats = ['html', 'svg', 'mmd', 'dot', 'json'] as const;
export type MapFormat = (typeof mapFormats)[number];

export interface MapOptions {
  /** Where it goes; its ending says the format. */
  readonly output?: string;
  readonly format?: MapFormat;
  /** Which of several builds that are alternatives. */
  readonly build?: string;
}
