/** @own the formats that this program writes of a difference; `md` is for the comment of a pull request */
export const differenceFormats = ['txt', 'json', 'md'] as const;

export interface DifferenceOptions {
  readonly format: (typeof differenceFormats)[number];
  readonly exitCode?: true;
}
