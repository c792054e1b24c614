/** What an element is made with; a text is never read as HTML. */
export interface Made {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** Makes an element, with elements and texts in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  made: Made,
  ...content: readonly (HTMLElement | string)[]
): HTMLElementTagNameMap[K] {
  const own = document.createElement(name);
  if (made.class !== undefined) own.className = made.class;
  for (const [key, value] of Object.entries(made.attributes ?? {})) own.setAttribute(key, value);
  if (made.onClick) own.addEventListener('click', made.onClick);
  own.append(...content);
  return own;
}
